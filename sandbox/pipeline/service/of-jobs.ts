// The service of runs as a job reaches it: what it asks for is done once the clock gets there, runs of others it only reads.
import type { Ci, RunAnswer } from './contract.ts';

const absent = async (): Promise<RunAnswer> => ({ ok: false, why: 'not part of this sandbox within a job' });

export const ciOfJobs: Ci = {
  settle: async () => {},
  resume: () => {},
  pause: async () => {},
  cancel: absent,
  rerun: absent,
  review: absent,
};
