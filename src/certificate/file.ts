// A certificate as a file: a page that any browser shows as it is, with the data in it. Reading one trusts nothing of it.
import { type Refusal, seal, unseal } from '../progress/file.ts';
import type { Certificate, CertifiedDay } from './contract.ts';

const FORMAT = 'noventa-certificate';
const OPENING = `<script type="application/json" id="${FORMAT}">`;
const CLOSING = '</script>';

/** More than ninety days come to: bytes. */
export const LARGEST = 40_000_000;

/** The data as the element's text: nothing in it can end the element. */
export function dataOf(certificate: Certificate): string {
  return seal(FORMAT, certificate).replaceAll('<', '\\u003c');
}

/** Nothing in it runs, and it asks for nothing, wherever it is opened. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** @param article what is to be seen @param styles the text of its style sheets */
export function certificateFile(certificate: Certificate, language: string, article: Node, styles: string): string {
  const page = document.implementation.createHTMLDocument(`Noventa: ${certificate.name}`);
  const make = (name: string, attributes: Readonly<Record<string, string>>, text = ''): HTMLElement => {
    const element = page.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.textContent = text;
    return element;
  };
  page.documentElement.lang = language;
  page.head.prepend(
    make('meta', { charset: 'utf-8' }),
    make('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    make('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
  );
  page.head.append(make('style', {}, styles));
  page.body.append(
    page.importNode(article, true),
    make('script', { type: 'application/json', id: FORMAT }, dataOf(certificate)),
  );
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

export type ReadCertificate = { readonly ok: true; readonly certificate: Certificate } | Refusal;

/** The certificate in the text of such a file, from whoever it is. Only the data is read: what else the page shows does not count. */
export function readCertificate(text: string): ReadCertificate {
  const begin = text.indexOf(OPENING);
  if (begin < 0) return { ok: false, reason: 'not-ours', detail: 'no data' };
  const end = text.indexOf(CLOSING, begin);
  if (end < 0) return { ok: false, reason: 'truncated', detail: 'no end of the data' };
  const opened = unseal(FORMAT, text.slice(begin + OPENING.length, end));
  if (!opened.ok) return opened;
  const certificate = certificateIn(opened.contents);
  return certificate === undefined ? { ok: false, reason: 'damaged', detail: 'contents' } : { ok: true, certificate };
}

function certificateIn(value: unknown): Certificate | undefined {
  const { name, part, of, made, days } = fieldsOf(value);
  if (!isText(name, 100) || !isTime(made) || !isCount(of, 90) || !Array.isArray(days) || days.length > of)
    return undefined;
  if (part !== 'course' && !isCount(part, 9)) return undefined;
  const read = days.map(dayIn).filter((day) => day !== undefined);
  const isEachOnce = new Set(read.map(({ id }) => id)).size === days.length;
  return isEachOnce ? { name, part, of, made, days: read } : undefined;
}

function dayIn(value: unknown): CertifiedDay | undefined {
  const { id, passedAt, checks, stars, run } = fieldsOf(value);
  if (typeof id !== 'string' || !/^d\d\d$/.test(id) || !isTime(passedAt) || !isIds(checks) || !isIds(stars))
    return undefined;
  if (run === undefined) return { id, passedAt, checks, stars };
  const kept = fieldsOf(run);
  if (!isText(kept.version, 1000) || !isText(kept.run, 1_000_000)) return undefined;
  return { id, passedAt, checks, stars, run: { version: kept.version, run: kept.run } };
}

/** Own fields of a plain object; none of anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.assign(Object.create(null), isPlain ? value : {});
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
}

/** A moment that a date can be told of: ms since 1970. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= 100 && value.every((one) => isText(one, 60));
}
