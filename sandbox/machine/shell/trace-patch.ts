// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// `set -x` as bash traces: depth, quoting, loops and conditions. Corpus: `tests/fidelity/shell/language-*.yaml`.
import type { Replacement } from './replacement.ts';

export const tracePatch: readonly Replacement[] = [
  {
    why: 'what runs within `$(…)` is traced with one more `+`',
    find: 'async function Y4(e){let t=e.state.env.get("PS4");',
    put: 'async function Y4(e){let p=await prompt4(e);return p&&p[0].repeat(e.substitutionDepth??0)+p}async function prompt4(e){let t=e.state.env.get("PS4");',
  },
  {
    why: 'words are quoted as bash quotes them (`sh_contains_shell_metas`)',
    find: 'function rO(e){if(e==="")return"\'\'";',
    put: 'function rO(e){if(e!==""&&!/[\\x00-\\x08\\x0b-\\x1f\\x7f]/.test(e))return/[ \\t\\n\'"\\\\|&;()<>!{}*[\\]?^$`]|^[~#]|[=:]~/.test(e)?`\'${e.replace(/\'/g,"\'\\\\\'\'")}\'`:e;if(e==="")return"\'\'";',
  },
  {
    why: 'the value of an assignment is quoted',
    find: '`${await Y4(e)}${t}=${n}\n`:""',
    put: '`${await Y4(e)}${t}=${n===""?"":rO(n)}\n`:""',
  },
  {
    why: 'each round of a `for` loop is traced',
    find: 'e.state.env.set(t.variable,o);try{for(let a of t.body){',
    put: 'e.state.options.xtrace&&await tell(e,n,w7(t).split(/;?\\s+do\\b/)[0].replace(/^for \\S+$/,`$& in "$@"`));e.state.env.set(t.variable,o);try{for(let a of t.body){',
  },
  {
    why: 'each round of a `for` loop is traced',
    find: 'async function yO(e,t){let n=new ps(e),r=0,s=0;',
    put: 'async function tell(e,n,w){let l=`${await Y4(e)}${w}\n`;e.state.attached&&!e.state.suppressVerbose?e.hooks.write("",!1,l):e.state.merged?n.append(l,""):n.append("",l)}async function yO(e,t){let n=new ps(e),r=0,s=0;',
  },
  {
    why: 'each part of `for ((…))` is traced',
    find: 't.init&&await Te(e,t.init.expression),e.state.loopDepth++;',
    put: 'let X=async p=>{e.state.options.xtrace&&await tell(e,r,`(( ${(p.originalText??"").trim()} ))`);return Te(e,(/[$`]/.test(p.originalText??"")?Me(new be,await textOf$(e,p.originalText)):p).expression)};t.init&&await X(t.init),e.state.loopDepth++;',
  },
  {
    why: 'each part of `for ((…))` is traced',
    find: 'await Te(e,t.condition.expression)===0));){',
    put: 'await X(t.condition)===0));){',
  },
  {
    why: 'each part of `for ((…))` is traced',
    find: '{t.update&&await Te(e,t.update.expression);continue}',
    put: '{t.update&&await X(t.update);continue}',
  },
  {
    why: 'each part of `for ((…))` is traced',
    find: 'throw a.error}t.update&&await Te(e,t.update.expression)}}finally{',
    put: 'throw a.error}t.update&&await X(t.update)}}finally{',
  },
  {
    why: 'a `case` is traced',
    find: 'async function EO(e,t){let n=new ps(e),r=0,s=await _e(e,t.word),i=!1;',
    put: 'async function EO(e,t){let n=new ps(e),r=0,s=await _e(e,t.word),i=!1;e.state.options.xtrace&&await tell(e,n,w7(t).split(/\\s+in\\b/)[0]+" in");',
  },
  {
    why: 'conditions are traced one by one, with what they stand for',
    find: 'async function os(e,t){switch(t.type){case"CondBinary":{',
    put: 'async function traceCondition(e,t){let q=w=>w===""?"\'\'":w,o=t.type==="CondBinary"?`${q(await _e(e,t.left))} ${t.operator} ${t.right.parts.length>0&&/^[=!]=?$|^==$/.test(t.operator)&&t.right.parts.every(p=>/Quoted$/.test(p.type))?(await _e(e,t.right)).replace(/./gs,"\\\\$&"):q(await _e(e,t.right))}`:t.type==="CondUnary"?`${t.operator} ${q(await _e(e,t.operand))}`:t.type==="CondWord"?`-n ${q(await _e(e,t.word))}`:"";o&&(e.state.expansionStderr=`${e.state.expansionStderr??""}${await Y4(e)}[[ ${o} ]]\n`)}async function os(e,t){e.state.options.xtrace&&await traceCondition(e,t);switch(t.type){case"CondBinary":{',
  },
  {
    why: 'an unset variable within a condition ends the shell under `set -u`',
    find: '}catch(n){let r=n instanceof Ge?1:2;return K(`bash: conditional',
    put: '}catch(n){if(n instanceof yt&&!(n instanceof Ge))throw n;let r=n instanceof Ge?1:2;return K(`bash: conditional',
  },
  {
    why: '`((…))` is traced; an unset variable within it ends the shell under `set -u`',
    find: 'try{let n=await Te(this.ctx,t.expression.expression),r=It(n!==0);',
    put: 'let W=t.expression.written??t.expression.originalText??"",O=W;try{this.ctx.state.options.xtrace&&(this.ctx.state.expansionStderr=`${this.ctx.state.expansionStderr??""}${await Y4(this.ctx)}(( ${W} ))\n`);let n=await Te(this.ctx,t.expression.expression),r=It(n!==0);',
  },
  {
    why: 'an unset variable within `((…))` ends the shell under `set -u`',
    find: '}catch(n){return K(this.ctx.hooks.language.arithmeticError(',
    put: '}catch(n){if(n instanceof yt&&!(n instanceof Ge))throw n;return K(this.ctx.hooks.language.arithmeticError(',
  },
  {
    why: 'a command is traced before it runs, and where the shell writes its errors',
    find: 'let x=await J4(this.ctx,u,f);',
    put: 'let x=await J4(this.ctx,u,f);if(o+x&&this.ctx.state.attached&&!this.ctx.state.suppressVerbose){this.ctx.hooks.write("",!1,(this.ctx.state.expansionStderr||"")+o+x);this.ctx.state.expansionStderr="";o=x=""}',
  },
  {
    why: 'a command is traced before it runs, and where the shell writes its errors',
    find: 'if(N instanceof Qt||N instanceof Xt)E=N,S=Fe;else throw N}',
    put: 'if(N instanceof Qt||N instanceof Xt)E=N,S=Fe;else{let M=this.ctx.state.merged;o+x&&N.prependOutput?.(M?o+x:"",M?"":o+x);throw N}}',
  },
  {
    why: 'a command is traced before it runs, and where the shell writes its errors',
    find: 'let A=o+x;if(A&&(S={...S,stderr:A+S.stderr}),S=await fs(',
    put: 'let A=o+x;if(S=await fs(',
  },
  {
    why: 'a command is traced before it runs, and where the shell writes its errors',
    find: 'this.ctx.state.tempEnvBindings.pop(),this.ctx.state.expansionStderr&&(S=',
    put: 'this.ctx.state.tempEnvBindings.pop(),A&&(A=(this.ctx.state.expansionStderr??"")+A,this.ctx.state.expansionStderr=""),this.ctx.state.expansionStderr&&(S=',
  },
  {
    why: 'a command is traced before it runs, and where the shell writes its errors',
    find: 'this.ctx.state.expansionStderr=""),S}async runCommand(',
    put: 'this.ctx.state.expansionStderr=""),A?{...S,traced:A}:S}async runCommand(',
  },
  {
    why: 'an assignment of a list is traced as it is written',
    find: 'e.state.env.set(n,m)}return{continueToNext:!0,xtraceOutput:o}}function iO',
    put: 'e.state.env.set(n,m)}e.state.options.xtrace&&(o=`${await Y4(e)}${n}${s?"+":""}=(${r.map(g=>w7({type:"SimpleCommand",assignments:[],name:g,args:[],redirections:[]})).join(" ")})\n${o}`);return{continueToNext:!0,xtraceOutput:o}}function iO',
  },
  {
    why: 'an assignment to a place in a list is traced',
    find: 'return t.name||we(e,a,c,u,l?"associative":"indexed"),{continueToNext:!0,xtraceOutput:""}}async function n3',
    put: 'return t.name||we(e,a,c,u,l?"associative":"indexed"),{continueToNext:!0,xtraceOutput:e.state.options.xtrace?`${await Y4(e)}${n}[${r}]${i?"+":""}=${s===""?"":rO(s)}\n`:""}}async function n3',
  },
  {
    why: 'an assignment to a place in a list is traced',
    find: 'if(u.continueToNext)continue}let c=await uO(',
    put: 'r+=u.xtraceOutput;if(u.continueToNext)continue}let c=await uO(',
  },
  {
    why: '`export` and `readonly` trace what they assign once more',
    find: 'let r=await Y4(e),s=[t,...n],i=nO(s);return`${r}${i}\n`}',
    put: 'let r=await Y4(e),q=/^(?:declare|typeset|local|readonly|export)$/.test(t)?n.map(a=>/^([A-Za-z_]\\w*)\\+?=\\(.*\\)$/s.exec(a)):[],s=[t,...n.map((a,j)=>q[j]?.[1]??a)],i=nO(s);return`${q.filter(Boolean).map(m=>`${r}${m[0]}\n`).join("")}${r}${i}\n${/^(export|readonly)$/.test(t)?n.map((a,j)=>q[j]?null:/^([A-Za-z_]\\w*)=(.*)$/s.exec(a)).filter(Boolean).map(m=>`${r}${m[1]}=${m[2]===""?"":rO(m[2])}\n`).join(""):""}`}',
  },
];
