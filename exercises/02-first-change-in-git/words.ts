import type { Words } from '../../sandbox/checks/index.ts';

export const words = (es: string, en: string): Words => ({ es, en });
