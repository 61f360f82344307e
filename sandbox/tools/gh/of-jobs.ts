// `gh` and the forge's REST interface in the jobs of workflows: they act as their GITHUB_TOKEN, on what their machines see of the forge.
import type { Command, HttpRequest, HttpResponse, Machine } from '../../machine/index.ts';
import { ciOfJobs } from '../../pipeline/index.ts';
import { answerApi } from './api/http.ts';
import { createGh } from './index.ts';

export const ghOfJobs: Command = createGh(ciOfJobs);

export const answerJob = async (machine: Machine, asked: HttpRequest): Promise<HttpResponse> =>
  answerApi(machine, ciOfJobs, asked);
