// `actions/github-script`: JavaScript with `context`, `core`, and `github` where there is a forge to ask. What is absent says so by name.
import { endOf } from './end.ts';
import { type Json, textOf } from './expression.ts';
import type { StepEnd, Use } from './frame.ts';
import { place } from './session.ts';
import { refusals } from './words.ts';

/** Methods of `github.rest`, and what they ask for behind `repos/OWNER/NAME/`. */
const routes = {
  actions: {
    listArtifactsForRepo: 'GET actions/artifacts',
    listWorkflowRunArtifacts: 'GET actions/runs/{run_id}/artifacts',
    getWorkflowRun: 'GET actions/runs/{run_id}',
    listWorkflowRunsForRepo: 'GET actions/runs',
  },
  issues: {
    addLabels: 'POST issues/{issue_number}/labels',
    create: 'POST issues',
    createComment: 'POST issues/{issue_number}/comments',
    get: 'GET issues/{issue_number}',
    listComments: 'GET issues/{issue_number}/comments',
    listForRepo: 'GET issues',
    listLabelsOnIssue: 'GET issues/{issue_number}/labels',
    update: 'PATCH issues/{issue_number}',
  },
  pulls: {
    create: 'POST pulls',
    createReview: 'POST pulls/{pull_number}/reviews',
    get: 'GET pulls/{pull_number}',
    list: 'GET pulls',
    listFiles: 'GET pulls/{pull_number}/files',
    listReviews: 'GET pulls/{pull_number}/reviews',
    merge: 'PUT pulls/{pull_number}/merge',
  },
  repos: {
    createRelease: 'POST releases',
    get: 'GET',
    getLatestRelease: 'GET releases/latest',
    getReleaseByTag: 'GET releases/tags/{tag}',
    listReleases: 'GET releases',
  },
} as const;

/** The part of `@actions/core` and of the action's own globals that scripts use, over the files of the runner. */
const around = (script: string, given: Json, refusal: string): string => `
import fs, { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const given = ${JSON.stringify(given)};
const text = (value) => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const data = (value) => text(value instanceof Error ? value.toString() : value).replaceAll('%', '%25').replaceAll('\\r', '%0D').replaceAll('\\n', '%0A');
const property = (value) => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
const keep = (file, name, value) => appendFileSync(process.env[file], name + '<<ghadelimiter\\n' + text(value) + '\\nghadelimiter\\n');
const names = { title: 'title', file: 'file', startLine: 'line', endLine: 'endLine', startColumn: 'col', endColumn: 'endColumn' };
const say = (level) => (message, about = {}) => {
  const parts = Object.entries(about).flatMap(([key, value]) => (names[key] && value !== undefined ? [names[key] + '=' + property(value)] : []));
  console.log('::' + level + (parts.length ? ' ' + parts.join(',') : '') + '::' + data(message));
};
let summary = '';
const add = (part) => ((summary += part), core.summary);
const core = {
  getInput: (name) => (given.inputs[name] ?? '').trim(),
  setOutput: (name, value) => keep('GITHUB_OUTPUT', name, value),
  exportVariable(name, value) { process.env[name] = text(value); keep('GITHUB_ENV', name, value); },
  addPath: (folder) => appendFileSync(process.env.GITHUB_PATH, folder + '\\n'),
  setSecret: (value) => console.log('::add-mask::' + data(value)),
  setFailed(message) { process.exitCode = 1; core.error(message); },
  error: say('error'), warning: say('warning'), notice: say('notice'), debug: say('debug'),
  info: (message) => console.log(message),
  startGroup: (name) => console.log('::group::' + name),
  endGroup: () => console.log('::endgroup::'),
  async group(name, action) { core.startGroup(name); try { return await action(); } finally { core.endGroup(); } },
  isDebug: () => false,
  summary: {
    addRaw: (part, end) => add(part + (end ? '\\n' : '')),
    addEOL: () => add('\\n'),
    addHeading: (part, level = 1) => add('<h' + level + '>' + part + '</h' + level + '>\\n'),
    addCodeBlock: (code, language) => add('\\n\`\`\`' + (language ?? '') + '\\n' + code + '\\n\`\`\`\\n'),
    addList: (items, ordered) => add('\\n' + items.map((item, at) => (ordered ? at + 1 + '. ' : '- ') + item).join('\\n') + '\\n'),
    addLink: (part, href) => add('<a href="' + href + '">' + part + '</a>\\n'),
    addTable: (rows) => add('<table>' + rows.map((row) => '<tr>' + row.map((cell) => cell?.header ? '<th>' + cell.data + '</th>' : '<td>' + (cell?.data ?? cell) + '</td>').join('') + '</tr>').join('') + '</table>\\n'),
    addSeparator: () => add('<hr>\\n'),
    async write() { appendFileSync(process.env.GITHUB_STEP_SUMMARY, summary); summary = ''; return core.summary; },
  },
};
const context = given.context;
const refuse = (path) => new Proxy(() => {}, {
  get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : refuse(path + '.' + key)),
  apply: () => { throw new Error(${JSON.stringify(refusal)}.replace('{0}', path)); },
});
const [exec, glob, io] = ['exec', 'glob', 'io'].map(refuse);
class HttpError extends Error {
  constructor(status, data) { super(data.message); this.name = 'HttpError'; this.status = status; this.response = { status, data }; }
}
async function request(route, params = {}) {
  const [method, path] = route.split(' ');
  const rest = { ...params };
  const url = path.replace(/\\{(\\w+)\\}/g, (_, key) => { const value = rest[key]; delete rest[key]; return encodeURIComponent(value); });
  for (const key of ['owner', 'repo', 'headers', 'mediaType']) delete rest[key];
  const query = method === 'GET' ? '?' + Object.entries(rest).map(([key, value]) => key + '=' + encodeURIComponent(value)).join('&') : '';
  const answer = await fetch('http://git.ventarela.test/api/v3' + url + query, {
    method, headers: { authorization: 'token ' + given.token }, ...(method !== 'GET' && { body: JSON.stringify(rest) }),
  });
  const said = await answer.text();
  const data = said === '' ? undefined : JSON.parse(said);
  if (answer.status >= 300) throw new HttpError(answer.status, data);
  return { status: answer.status, data };
}
const routes = ${JSON.stringify(routes)};
const rest = new Proxy({}, { get: (_, area) => new Proxy({}, { get: (_, name) => {
  const route = routes[area]?.[name];
  if (route === undefined) return refuse('github.rest.' + area + '.' + String(name));
  const [method, path = ''] = route.split(' ');
  const whole = method + ' ' + (path.startsWith('/') ? path : '/repos/{owner}/{repo}' + (path && '/' + path));
  return Object.assign((params) => request(whole, params), { route: whole });
} }) });
const github = given.token === '' ? refuse('github') : new Proxy({
  rest, request,
  paginate: async (what, params) => (await request(what.route ?? what, params)).data,
}, { get: (target, key) => (key in target || typeof key === 'symbol' || key === 'then' ? target[key] : refuse('github.' + key)) });
const octokit = github;
const require = createRequire(process.cwd() + '/script.js');
try {
  const result = await (async () => {
${script}
  })();
  if (result !== undefined) core.setOutput('result', given.encoding === 'string' ? String(result) : JSON.stringify(result));
} catch (error) {
  console.error(error);
  core.setFailed('Unhandled error: ' + error);
}
`;

export async function githubScript({ inputs, session, scope, env, limit, request }: Use): Promise<StepEnd> {
  const { script, 'result-encoding': encoding = 'json' } = inputs;
  if (script === undefined) return { ok: false, why: 'Input required and not supplied: script' };
  const github = scope.contexts.github as { readonly [key: string]: Json };
  const payload = (github.event ?? {}) as { readonly [key: string]: Json };
  const [owner = '', repo = ''] = String(github.repository ?? '').split('/');
  const issue = (payload.pull_request ?? payload.issue ?? payload) as { readonly number?: Json };
  const context = {
    payload,
    eventName: github.event_name ?? '',
    sha: github.sha ?? '',
    ref: github.ref ?? '',
    workflow: github.workflow ?? '',
    action: github.action ?? '',
    actor: github.actor ?? '',
    job: github.job ?? '',
    runNumber: Number(github.run_number ?? 0),
    runId: Number(github.run_id ?? 0),
    serverUrl: github.server_url ?? '',
    repo: { owner, repo },
    issue: { owner, repo, number: issue.number ?? null },
  };
  const file = `${session.temp}/github-script.mjs`;
  const refusal = refusals.api[session.machine.language];
  const token = request.forge === undefined ? '' : inputs['github-token'] || textOf(github.token ?? '');
  place(session.machine, file, around(script, { context, inputs, encoding, token }, refusal));
  const end = endOf(await session.run(`node ${file}`, session.workspace, env, limit.ms), limit.timedOut);
  // What the script said of its failure stands there already.
  return end.ok || end.cancelled ? end : { ...end, isTold: end.why.startsWith('Process completed') };
}
