import type { CommandIO } from '../../machine/index.ts';
import {
  type AlertingConfig,
  ConfigProblem,
  describeRoute,
  matchesAll,
  parseMatcher,
  type Route,
  routesFor,
} from '../../telemetry/alerting/index.ts';
import { createLabels, type Labels } from '../../telemetry/labels.ts';
import { AmtoolStop, type Given } from './flags.ts';

/** `amtool config routes [show]`: the routing tree. */
export function showRoutes(config: AlertingConfig, io: CommandIO): number {
  io.stdout(`Routing tree:\n.\n${branches([nodeOf(config.route)], '')}\n`);
  return 0;
}

/** `amtool config routes test`: where alerts with these labels go. */
export function testRoutes(config: AlertingConfig, { flags, words }: Given, io: CommandIO): number {
  const labels = createLabels(words.map(labelOf));
  if (flags.tree !== undefined) {
    io.stdout(`Matching routes:\n.\n${branches([matchingNode(config.route, labels)], '')}\n\n`);
  }
  const receivers = routesFor(config.route, labels)
    .map(({ receiver }) => receiver)
    .join(',');
  io.stdout(`${receivers}\n`);
  const expected = flags['verify.receivers'] ?? '';
  if (expected === '' || expected === receivers) return 0;
  io.stdout('WARNING: Expected receivers did not match resolved receivers.\n');
  return 1;
}

function labelOf(word: string): readonly [string, string] {
  try {
    const { name, op, value } = parseMatcher(word);
    if (op !== '=') throw new ConfigProblem('labels must be specified as key=value pairs');
    return [name, value];
  } catch (error) {
    if (error instanceof ConfigProblem) throw new AmtoolStop(`Failed to parse labels: ${error.message}`);
    throw error;
  }
}

interface TreeNode {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

function nodeOf(route: Route): TreeNode {
  return { text: describeRoute(route, { continues: true, receiver: true }), children: route.routes.map(nodeOf) };
}

/** Only the routes that match, with receivers at the ends. */
function matchingNode(route: Route, labels: Labels): TreeNode {
  const children: TreeNode[] = [];
  for (const child of route.routes) {
    if (!matchesAll(child.matchers, labels)) continue;
    children.push(matchingNode(child, labels));
    if (!child.continues) break;
  }
  return { text: describeRoute(route, { continues: false, receiver: children.length === 0 }), children };
}

function branches(nodes: readonly TreeNode[], indent: string): string {
  return nodes
    .map(({ text, children }, index) => {
      const isLast = index === nodes.length - 1;
      const below = `${indent}${isLast ? '    ' : '│\u00a0\u00a0 '}`;
      return `${indent}${isLast ? '└──' : '├──'} ${text}\n${branches(children, below)}`;
    })
    .join('');
}
