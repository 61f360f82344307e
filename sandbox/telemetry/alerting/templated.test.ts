import { describe, expect, test } from 'vitest';
import { faultOf, fillFor } from './templated.ts';

const alert = (instance: string, status: 'firing' | 'resolved') => ({
  status,
  labels: [
    ['alertname', 'Slow'],
    ['instance', instance],
    ['severity', 'page'],
  ] as const,
  annotations: [['summary', `${instance} is slow`]] as const,
  startsAt: 0,
  ...(status === 'resolved' && { endsAt: 60_000 }),
  generatorURL: '',
});
const notification = {
  status: 'firing',
  receiver: 'operations',
  groupLabels: [['alertname', 'Slow']],
  alerts: [alert('a', 'firing'), alert('b', 'resolved')],
} as const;

describe('a template of a message', () => {
  test.each([
    ['[{{ .Status | toUpper }}:{{ .Alerts.Firing | len }}] {{ .CommonLabels.alertname }}', '[FIRING:1] Slow'],
    [
      '{{ range .Alerts }}{{ .Labels.instance }} {{ .Status }}: {{ .Annotations.summary }}; {{ end }}',
      'a firing: a is slow; b resolved: b is slow;',
    ],
    ['{{ range .Alerts.Resolved }}{{ .StartsAt }} {{ .EndsAt }}{{ end }}', '1970-01-01T00:00:00Z 1970-01-01T00:01:00Z'],
    [
      '{{ .GroupLabels.Values | join " " }} {{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }},{{ end }}',
      'Slow alertname=Slow,severity=page,',
    ],
    ['{{ .CommonAnnotations.summary }}{{ .CommonLabels.nothing }}|{{ $.Receiver }}', '|operations'],
  ])('%s', (template, text) => {
    expect(faultOf(template)).toBeUndefined();
    expect(fillFor(notification, template, '')).toBe(text);
  });

  test.each([
    ['{{ $labels.alertname }}', 'undefined variable'],
    ['{{ .Value }}', "can't evaluate field Value"],
    ['{{ .CommonLabels.alertname', 'unclosed action'],
    ['{{ template "slack.default.title" . }}', '{{template}} is not part of this sandbox'],
    ['{{ humanize 1.0 }}', 'function "humanize" not defined'],
    ['{{ range .Alerts }}{{ since .StartsAt }}{{ end }}', 'not part of this sandbox'],
  ])('%s is refused: %s', (template, part) => {
    expect(faultOf(template)).toContain(part);
  });
});
