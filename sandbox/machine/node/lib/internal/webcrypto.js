import { webcrypto } from 'node:crypto';

export const crypto = webcrypto;
