import { randomUUID } from 'node:crypto';

export const crypto = { randomUUID };
