// What a certificate looks like: the same on its page and in its file.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Certificate, CertifiedDay, Verdict } from './contract.ts';
import { drawLoop } from './loop.ts';
import type { Settings } from './settings.ts';

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Shown {
  readonly certificate: Certificate;
  readonly settings: Settings;
  readonly say: Say;
  /** Day id → what came of doing it again; empty before anybody asked. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Of its heading: 1 where it is the whole page. */
  readonly level: 1 | 2;
}

export function drawCertificate({ certificate, settings, say, verdicts, level }: Shown): TemplateResult {
  const { name, of, days, made } = certificate;
  const date = new Intl.DateTimeFormat(settings.language, { dateStyle: 'long' });
  const short = new Intl.DateTimeFormat(settings.language, { dateStyle: 'medium' });
  const sum = (count: (day: CertifiedDay) => number): number => days.reduce((all, day) => all + count(day), 0);
  const isAll = days.length === of;
  const hasVerdicts = Object.keys(verdicts).length > 0;
  return html`<article class="certificate" lang=${settings.language} aria-label=${say('title', { name })}>
    <div class="front">
    <header>
      <svg viewBox="-18 -12 36 24" width="60" height="40" aria-hidden="true">
        <path d="M0 0C-2.9-3.9-5.9-7-8.9-7-12-6.9-14-3.6-14 0S-12 6.9-8.9 7C-5.9 7-2.9 3.9 0 0S5.9-7 8.9-7C12-6.9 14-3.6 14 0S12 6.9 8.9 7C5.9 7 2.9 3.9 0 0Z" fill="none" stroke="currentColor" stroke-width="2.2"></path>
      </svg>
      <p class="course">Noventa</p>
    </header>
    <p class="kind">${say(isAll ? 'kindAll' : 'kindSome')}</p>
    <p class="name" role="heading" aria-level=${level}>${name}</p>
    <p class="done">${say(isAll ? 'doneAll' : 'doneSome', { n: days.length, of, part: partName(certificate, settings, say) })}</p>
    ${drawLoop(certificate, settings)}
    <dl>
      <div><dt>${say('days')}</dt><dd>${days.length}/${of}</dd></div>
      <div><dt>${say('checks')}</dt><dd>${sum(({ checks }) => checks.length)}</dd></div>
      <div><dt>${say('stars')}</dt><dd>${sum(({ stars }) => stars.length)}</dd></div>
      <div><dt>${say('made')}</dt><dd>${date.format(made)}</dd></div>
    </dl>
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label=${say('table')}>
      <table>
        <caption>${say('table')}</caption>
        <thead>
          <tr>
            <th scope="col">${say('day')}</th>
            ${hasVerdicts ? html`<th scope="col">${say('again')}</th>` : nothing}
            <th scope="col">${say('passedOn')}</th>
            <th scope="col">${say('checks')}</th>
            <th scope="col">${say('stars')}</th>
            <th scope="col">${say('run')}</th>
          </tr>
        </thead>
        <tbody>
          ${days.map(
            (day) => html`<tr>
              <th scope="row">${Number(day.id.slice(1))}. ${titleOf(day.id, settings) ?? say('unknownTitle')}</th>
              ${hasVerdicts ? html`<td class="again">${drawVerdict(day, verdicts[day.id], settings, say)}</td>` : nothing}
              <td>${short.format(day.passedAt)}</td>
              <td>${day.checks.length}</td>
              <td>${day.stars.length === 0 ? '–' : `${'★'.repeat(Math.min(3, day.stars.length))} ${day.stars.length}`}</td>
              <td>${say(day.run === undefined ? 'runMissing' : 'runThere')}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <footer>
      <p>${say('proves')}</p>
      <p>${say('how')} <a href=${settings.home}>${settings.home}</a></p>
    </footer>
  </article>`;
}

function partName({ part }: Certificate, { parts }: Settings, say: Say): string {
  return parts.find((one) => one.part === part)?.title ?? say('unknownPart');
}

function titleOf(id: string, { days }: Settings): string | undefined {
  return days.find((day) => day.id === id)?.title;
}

function drawVerdict(day: CertifiedDay, verdict: Verdict | undefined, settings: Settings, say: Say): TemplateResult {
  if (verdict === undefined) return html`${say('waiting')}`;
  const note = 'otherVersion' in verdict && verdict.otherVersion ? ` ${say('otherVersion')}` : '';
  switch (verdict.kind) {
    case 'running':
      return html`<progress max=${Math.max(1, verdict.of)} value=${verdict.done} aria-label=${say('running')}></progress>`;
    case 'passed': {
      const stars =
        day.stars.length === 0 ? '' : ` ${say('starsAgain', { n: verdict.stars.length, of: day.stars.length })}`;
      return html`<strong class="good">✓ ${say('passed')}</strong>${stars}${note}`;
    }
    case 'failed': {
      const goals = settings.days.find(({ id }) => id === day.id)?.steps.flatMap(({ checks }) => checks) ?? [];
      return html`<strong class="bad">✗ ${say('failed')}</strong>${note}
        <ul>${verdict.checks.map((id) => html`<li>${(goals.find((goal) => goal.id === id)?.goal ?? id).replaceAll('`', '')}</li>`)}</ul>`;
    }
    case 'broke':
      return html`<strong class="bad">✗ ${say('broke', { why: verdict.why })}</strong>`;
    default:
      return html`${say(verdict.kind)}`;
  }
}
