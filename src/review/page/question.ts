// One question of a review: asked, answered once, and explained.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Asked, AskedChoice, AskedQuantity } from '../../../sandbox/hosts/asking.ts';
import type { Language, Words } from '../../../sandbox/machine/words.ts';
import { prose } from '../../lesson/prose.ts';
import { quantityVerdict, readNumber } from '../../lesson/question/answer.ts';
import type { Say } from './words.ts';

/** What was answered: a choice by its place, or a number. */
export type Answer = { readonly given: number; readonly right: boolean; readonly why: Words };

/** @returns undefined where nothing was answered that can be judged: no choice, or no number. */
export function judgeAnswer(asked: Asked, given: string): Answer | undefined {
  return asked.kind === 'choice' ? judgeChoice(asked, given) : judgeQuantity(asked, given);
}

function judgeChoice({ choices }: AskedChoice, given: string): Answer | undefined {
  const place = given === '' ? -1 : Number(given);
  const choice = choices[place];
  return choice && { given: place, right: choice.right === true, why: choice.why };
}

function judgeQuantity({ answer, within = 0, slips, why, low, high }: AskedQuantity, text: string): Answer | undefined {
  const given = readNumber(text);
  if (given === undefined) return undefined;
  const ranges = slips.map((slip) => ({ value: slip.value, within: slip.within ?? 0 }));
  const verdict = quantityVerdict(given, { value: answer, within }, ranges);
  const said = { right: why, low, high };
  const told = verdict.kind === 'slip' ? (slips[verdict.slip]?.why ?? low) : said[verdict.kind];
  return { given, right: verdict.kind === 'right', why: told };
}

interface Drawing {
  readonly asked: Asked;
  readonly answer: Answer | undefined;
  readonly language: Language;
  readonly say: Say;
  /** The value of the field or of the chosen choice; '' when there is none. */
  readonly onAnswer: (given: string) => void;
}

export function drawQuestion({ asked, answer, language, say, onAnswer }: Drawing): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement).get('answer');
    onAnswer(typeof given === 'string' ? given : '');
  };
  return html`<form class="asked" @submit=${submit} novalidate>
    ${
      asked.kind === 'choice'
        ? html`<fieldset ?disabled=${answer !== undefined}>
            <legend>${drawText(asked.text[language])}</legend>
            ${asked.choices.map(
              ({ text }, place) => html`<label class="choice">
                <input type="radio" name="answer" value=${place} />
                <span>${prose(text[language])}${verdictOf(asked, place, answer, say)}</span>
              </label>`,
            )}
          </fieldset>`
        : html`<div id="review-text">${drawText(asked.text[language])}</div>
            <p class="number">
              <label>
                <span class="heard">${say('yourNumber', { unit: asked.unit[language] })}</span>
                <input
                  type="text"
                  name="answer"
                  inputmode="decimal"
                  autocomplete="off"
                  size="8"
                  aria-describedby="review-text"
                  ?disabled=${answer !== undefined}
                />
              </label>
              <span aria-hidden="true">${asked.unit[language]}</span>
            </p>`
    }
    ${answer === undefined ? html`<button class="button">${say('check')}</button>` : nothing}
  </form>`;
}

/** What is said after the answer: whether it is right, why, and what would have been. */
export function drawVerdict(asked: Asked, answer: Answer, language: Language, say: Say): TemplateResult {
  const right = asked.kind === 'choice' ? asked.choices.find((choice) => choice.right) : undefined;
  const solution =
    asked.kind === 'choice'
      ? right && html`${say('rightOne')} ${prose(right.text[language])}. ${prose(right.why[language])}`
      : html`${say('rightOne')} ${asked.answer.toLocaleString(language)} ${asked.unit[language]}. ${prose(asked.why[language])}`;
  return html`<p data-right=${answer.right}>
      <strong>${say(answer.right ? 'right' : 'wrong')}</strong> ${prose(answer.why[language])}
    </p>
    ${answer.right ? nothing : html`<p>${solution}</p>`}`;
}

function verdictOf(
  { choices }: AskedChoice,
  place: number,
  answer: Answer | undefined,
  say: Say,
): TemplateResult | typeof nothing {
  if (answer === undefined) return nothing;
  if (choices[place]?.right) return html` <em class="mark">${say('markRight')}</em>`;
  return answer.given === place ? html` <em class="mark">${say('markChosen')}</em>` : nothing;
}

/** Lines that begin with four spaces are shown as they are. */
function drawText(text: string): readonly TemplateResult[] {
  const blocks: { code: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const code = line.startsWith('    ');
    const last = blocks.at(-1);
    if (last?.code === code) last.lines.push(code ? line.slice(4) : line);
    else blocks.push({ code, lines: [code ? line.slice(4) : line] });
  }
  return blocks.map(({ code, lines }) =>
    code
      ? html`<code class="shown">${lines.join('\n')}</code>`
      : html`<span class="text">${prose(lines.join(' '))}</span>`,
  );
}
