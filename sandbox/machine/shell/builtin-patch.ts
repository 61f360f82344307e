// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where just-bash's built-in commands and expansions are not bash's: what `descriptors.ts` has nothing to do with. Corpus:
// `tests/fidelity/shell/language-*.yaml`.
import type { Replacement } from './replacement.ts';

export const builtinPatch: readonly Replacement[] = [
  {
    why: '`test` reads its words as POSIX says, and complains as bash does',
    find: 'async function jo(e,t){if(t.length===0)return Q("","",1);',
    put: 'async function jo(e,t){return e.hooks.language.test(t,{unary:async(o,w)=>o==="-v"?nc(e,w):o==="-o"?Rd(e,w):o==="-t"&&!/^\\d+$/.test(w)?!1:ec(o)?tc(o,w):Zl(e,o,w),binary:async(l,o,r)=>Wo(o)?Jl(o,l,r):Xl(o)?Yl(o,rc(l).value,rc(r).value):Kl(o)?Ql(e,o,l,r):o==="<"?l<r:l>r})}async function unusedTest$(e,t){if(t.length===0)return Q("","",1);',
  },
  {
    why: 'what is quoted within a regular expression of `[[ … =~ … ]]` stands for itself',
    find: 'async function Gw(e,t){let n=[];',
    put: 'async function Gw(e,t){let n=[],W=v=>/(^|[^\\\\])\\[\\^?\\]?[^\\]]*$/.test(n.join(""))?v:Pi(v);',
  },
  {
    why: 'what is quoted within a regular expression of `[[ … =~ … ]]` stands for itself',
    find: 'else if(r.type==="SingleQuoted")n.push(r.value);else if(r.type==="DoubleQuoted"){let s=await fr(e,r.parts);n.push(s)}else if(r.type==="TildeExpansion"){let s=await Tn(e,r);n.push(Pi(s))}',
    put: 'else if(r.type==="SingleQuoted")n.push(W(r.value));else if(r.type==="DoubleQuoted"){let s=await fr(e,r.parts);n.push(W(s))}else if(r.type==="TildeExpansion"){let s=await Tn(e,r);n.push(Pi(s))}',
  },
  {
    why: '`${1}` that is unset under `set -u` is told without a dollar, `$1` with one',
    find: 'return{part:Y.parameterExpansion(a,c),endIndex:s+1}}',
    put: 'return{part:/^\\d/.test(a)?{...Y.parameterExpansion(a,c),braced:!0}:Y.parameterExpansion(a,c),endIndex:s+1}}',
  },
  {
    why: '`${1}` that is unset under `set -u` is told without a dollar, `$1` with one',
    find: 'async function jl(e,t,n=!1){',
    put: 'async function jl(e,t,n=!1){if(!t.braced)return wordOf$(e,t,n);try{return await wordOf$(e,t,n)}catch(x){if(x instanceof Jt)x.stderr=x.stderr.replace(/^bash: \\$/,"bash: ");throw x}}async function wordOf$(e,t,n){',
  },
  {
    why: '`unset name` that is no name of a variable takes away a function, if there is one',
    find: "zs(e,c,h);continue}if(!V4(i)){r+=`bash: unset: \\`${i}': not a valid identifier\n`,s=1;continue}let a=i;",
    put: 'zs(e,c,h);continue}if(!V4(i)){e.state.functions.delete(i);continue}let a=i;',
  },
  {
    why: '`caller` and `enable` are part of the shell',
    find: 'if(t==="select")return c.hooks.language.select(c,n);',
    put: 'if(t==="select")return c.hooks.language.select(c,n);if(t==="caller")return c.hooks.language.caller(c,n);if(t==="enable")return c.hooks.language.enable(c,n);',
  },
  {
    why: '`exec -a name bash -c …` is called by that name',
    find: 'for(;/^-[cla]+$/.test(w[0]??"");)w=w.slice(w[0].includes("a")?2:1);if(w.length===0)return Fe;let[f,...d]=w,',
    put: 'let N;for(;/^-[cla]+$/.test(w[0]??"");)w[0].includes("a")?(N=w[1],w=w.slice(2)):w=w.slice(1);if(w.length===0)return Fe;let[f,...d]=w;N!==void 0&&d[0]==="-c"&&d.length===2&&d.push(N);let ',
  },
  {
    why: '`mapfile -u` reads a descriptor, `-C` calls a command',
    find: 'return Ep(c,n.flatMap(x=>/^-t?[dnsuOcC]./.test(x)?x.replace(/^-t/,"-t\\0-").replace(/(-[dnsuOcC])/,"$1\\0").split("\\0"):[x]),s);',
    put: '{let k=n.flatMap(x=>/^-t?[dnsuOcC]./.test(x)?x.replace(/^-t/,"-t\\0-").replace(/(-[dnsuOcC])/,"$1\\0").split("\\0"):[x]),U=k.indexOf("-u"),D=U<0?void 0:uc(c,Number(k[U+1]));if(D&&"error"in D)return K(`bash: mapfile: ${k[U+1]}: invalid file descriptor: Bad file descriptor\n`);let q=Ep(c,k,D?D.content:s);if(D)cs(c,Number(k[U+1]),q.internalStdinConsumed??0);return k.includes("-C")&&q.exitCode===0?c.hooks.language.mapped(c,k,q):q}',
  },
];
