// What of just-bash nobody asks for here, and a bundler cannot know that of: long stretches of its browser bundle, by where they begin
// and end.

interface Cut {
  readonly why: string;
  /** What begins and what ends the stretch: both go with it. */
  readonly from: string;
  readonly to: string;
  readonly put: string;
}

const cuts: readonly Cut[] = [
  {
    why: 'in a browser the box that guards globals never closes: what asks it runs as it is',
    from: '"use strict";ta();ta();qp();Kp();Jp();Tr=!0;',
    to: 'this.originalDescriptors=[]}}',
    put: '"use strict";ye=class extends Error{};St=class{static isInSandboxedContext(){return!1}static getCurrentExecutionId(){}static bindCurrentContext(t){return t}static async runTrustedAsync(t){return t()}static async runUntrustedAsync(t){return t()}}',
  },
  {
    why: 'the box that guards globals is not asked for',
    from: 'let b=this.defenseInDepthConfig?',
    to: 'w=b?.activate();',
    put: 'let b,w;',
  },
  {
    why: 'what reaches the network are commands of ours',
    from: 't.network&&(this.secureFetch=',
    to: 'Wp(t.network)),',
    put: '0,',
  },
];

/** @throws when just-bash is not the version for which the cuts were made. */
export function withoutUnused(source: string): string {
  return cuts.reduce((text, { why, from, to, put }) => {
    const [before, rest, ...more] = text.split(from);
    const end = rest?.indexOf(to) ?? -1;
    if (before === undefined || rest === undefined || end < 0 || more.length > 0)
      throw new Error(`just-bash is not 3.4.2 as expected: nothing to cut for "${why}"`);
    return before + put + rest.slice(end + to.length);
  }, source);
}
