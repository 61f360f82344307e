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
  {
    why: '`command -v` finds scripts in PATH',
    find: '`:s+=`${f}\n`}else r&&(i+=`${a}: not found\n`),o=1}return Q(s,i.replace(',
    put: '`:s+=`${f}\n`}else{let f=await l3(e,a);f?s+=r?`${a} is ${e.state.hashTable?.has(a)?`hashed (${f})`:f}\n`:`${f}\n`:(r&&(i+=`${a}: not found\n`),o=1)}}return Q(s,i.replace(',
  },
  {
    why: '`~+` is where the shell is, `~-` where it was',
    find: 't.user==="root"?"/root":`~${t.user}`);case"Glob"',
    put: 't.user==="root"?"/root":(t.user==="+"?e.state.cwd:t.user==="-"?e.state.env.get("OLDPWD"):void 0)??`~${t.user}`);case"Glob"',
  },
  {
    why: 'a trap on RETURN runs after `return` too',
    find: '(await Zd(e,p,t.redirections,f),p instanceof _t))return Q(p.stdout,p.stderr,p.exitCode);throw p}finally{d.finish(),u()}',
    put: '(await Zd(e,p,t.redirections,f),p instanceof _t))return await e.hooks.language.returned(e,Q(p.stdout,p.stderr,p.exitCode));throw p}finally{d.finish(),u()}',
  },
  {
    why: 'a trap on RETURN runs after what is sourced',
    find: 'let c=e.hooks.language.read(i,or),u=await e.hooks.language.part(e,c,"");return l(),u}',
    put: 'let c=e.hooks.language.read(i,or),u=await e.hooks.language.returned(e,await e.hooks.language.part(e,c,""));return l(),u}',
  },
  {
    why: '`declare -x` and the like, without names, list what has the attribute',
    find: 'if(t==="declare"||t==="typeset")return cp(c,n);if(t==="readonly")',
    put: 'if((t==="declare"||t==="typeset")&&n.length>0&&n.every(x=>/^-[airxAnlup]+$/.test(x))&&n.some(x=>/[airxAnlu]/.test(x))){let q=await cp(c,["-p"]),l=[...n.join("").replace(/[-p]/g,"")];return{...q,stdout:q.stdout.split(/^(?=declare -)/m).filter(x=>l.every(y=>/^declare -(\\S+)/.exec(x)?.[1].includes(y))).join("")}}if(t==="declare"||t==="typeset")return cp(c,n);if(t==="readonly")',
  },
  {
    why: '`~+` is where the shell is',
    find: 'let w=i7(e,t,d),y=t[w];',
    put: 'let w=t[d+1]==="+"?d+2:i7(e,t,d),y=t[w];',
  },
  {
    why: 'what a function made of its arguments ends with it',
    find: 'for(let[g,b]of o)b===void 0?e.state.env.delete(g):e.state.env.set(g,b);e.state.funcNameStack?.shift()',
    put: 'for(let[g,b]of o)b===void 0?e.state.env.delete(g):e.state.env.set(g,b);for(let g=l+1;e.state.env.delete(String(g));)g++;e.state.funcNameStack?.shift()',
  },
  {
    why: '`${FUNCNAME[1]:-none}` is set where there is such a call',
    find: 'let l=!await Cr(e,r),{isEmpty:c,',
    put: 'let l=!(/^(?:FUNCNAME|BASH_LINENO|BASH_SOURCE)\\b/.test(r)?a!=="":await Cr(e,r)),{isEmpty:c,',
  },
  {
    why: 'names with a newline in them are names',
    find: 'let n=this.patternToRegexStr(t);return ie(`^${n}$`)}',
    put: 'let n=this.patternToRegexStr(t);return ie(`(?s)^${n}$`)}',
  },
  {
    why: 'under `set -u` an array that has no value cannot be counted',
    find: 'let s=r[1],i=xe(e,s);return i.length>0?String(i.length):',
    put: 'let s=r[1],i=xe(e,s);if(e.state.options.nounset&&i.length===0&&!e.state.arrays?.has(s)&&!e.state.env.has(s)&&!/^(?:FUNCNAME|BASH_\\w+|PIPESTATUS|DIRSTACK)$/.test(s))throw new Jt(s);return i.length>0?String(i.length):',
  },
  {
    why: '`A=1 echo $A`: what is set for a command is not there yet when its words are expanded',
    find: 'let U=(await dr(this.ctx,t.name)).values,u=U[0]??"",',
    put: 'let V=[...i.keys()].map(N=>[N,this.ctx.state.env.get(N)]);V.length>0&&a();let U=(await dr(this.ctx,t.name)).values,u=U[0]??"",',
  },
  {
    why: '`A=1 echo $A`: what is set for a command is not there yet when its words are expanded',
    find: 'let b=await g.prepare(n);if(b.error)',
    put: 'let b=await g.prepare(n);for(let[N,I]of V)I===void 0?this.ctx.state.env.delete(N):this.ctx.state.env.set(N,I);if(b.error)',
  },
  {
    why: 'where PATH is empty a program is looked for as a file',
    find: '`,127):K(`bash: ${t}: command not found\n`',
    put: '`,127):K(i.state.env.get("PATH")===""?`bash: ${t}: No such file or directory\n`:`bash: ${t}: command not found\n`',
  },
  {
    why: '`[ -e "$empty" ]`: the empty name is no file',
    find: 'async function Zl(e,t,n){',
    put: 'async function Zl(e,t,n){if(n==="")return!1;',
  },
  {
    why: '`declare +i` and its like take from a variable what it was declared to be',
    find: 'if(t==="local")return/^-',
    put: 'if(/^(?:declare|typeset|local)$/.test(t)&&/^\\+[ilux]+$/.test(n[0]??"")){let q={i:"integerVars",l:"lowercaseVars",u:"uppercaseVars",x:"exportedVars"};for(let w of n.slice(1))for(let y of n[0].slice(1))c.state[q[y]]?.delete(w.replace(/=.*$/s,""));if(t!=="local"&&!n.some(w=>w.includes("=")))return Q("","",0);n=n.slice(1)}if(t==="local")return/^-',
  },
  {
    why: '`echo` takes its options in any order and number',
    find: 'if(o==="-n")n=!0,s++;else if(o==="-e")r=!0,s++;else if(o==="-E")r=!1,s++;else if(o==="-ne"||o==="-en")n=!0,r=!0,s++;else break}',
    put: 'if(!/^-[neE]+$/.test(o))break;for(let c of o.slice(1))c==="n"?n=!0:r=c==="e";s++}',
  },
  {
    why: '`type` knows aliases where they are expanded',
    find: 'let w=e.state.env.get(`BASH_ALIAS_${m}`);',
    put: 'let w=e.state.shoptOptions.expand_aliases?e.state.env.get(`BASH_ALIAS_${m}`):void 0;',
  },
  {
    why: '`SECONDS` counts from what was assigned to it',
    find: 'return String(Math.floor((Date.now()-e.state.startTime)/1e3))',
    put: 'return e.hooks.language.seconds(e)',
  },
  {
    why: 'what is piped into `if`, `for` or `case` is what their commands read',
    find: 'case"If":return p3(this.ctx,t);case"For":return h3(this.ctx,t);case"CStyleFor":return m3(this.ctx,t);',
    put: 'case"If":return this.fed(n,()=>p3(this.ctx,t));case"For":return this.fed(n,()=>h3(this.ctx,t));case"CStyleFor":return this.fed(n,()=>m3(this.ctx,t));',
  },
  {
    why: 'what is piped into `if`, `for` or `case` is what their commands read',
    find: 'case"Case":return w3(this.ctx,t);',
    put: 'case"Case":return this.fed(n,()=>w3(this.ctx,t));',
  },
  {
    why: 'what is piped into `if`, `for` or `case` is what their commands read',
    find: 'async executeCommandInner(t,n,r){',
    put: 'async fed(n,run){if(n==="")return run();let{state:s}=this.ctx,k=s.groupStdin;s.groupStdin=n;try{return await run()}finally{s.groupStdin=k}}async executeCommandInner(t,n,r){',
  },
  {
    why: '`compgen -G` finds files by their pattern',
    find: 'compgen: -G: option requires an argument\n`,2)}else if',
    put: 'compgen: -G: option requires an argument\n`,2);let q=t[E];t.found=vr(q,!0)||await e.fs.exists(e.fs.resolvePath(e.state.cwd,q))?await vN(e).expand(q):[]}else if',
  },
  {
    why: '`compgen -G` finds files by their pattern',
    find: 'if(l){let E=await Kd(e,o,b());w(E)}if(c)',
    put: 'w(t.found??[]);if(l){let E=await Kd(e,o,b());w(E)}if(c)',
  },
  {
    why: '`compgen` fails where nothing is found',
    find: 'if(x.length===0&&o!==null)return Q(y,"",1)',
    put: 'if(x.length===0&&t.length>0)return Q(y,"",1)',
  },
  {
    why: '`time` tells of the virtual clock, as TIMEFORMAT says',
    find: 'async function b3(e,t,n){let r=t.timed?Si():0,',
    put: 'async function b3(e,t,n){let r=t.timed?e.hooks.language.now():0,',
  },
  {
    why: '`time` tells of the virtual clock, as TIMEFORMAT says',
    find: 't.timed){let y=(Si()-r)/1e3,x=Math.floor(y/60),S=y%60,E;t.timePosix?E=`real ${y.toFixed(2)}\nuser 0.00\nsys 0.00\n`:E=`\nreal\t${`${x}m${S.toFixed(3)}s`}\nuser\t0m0.000s\nsys\t0m0.000s\n`,i={',
    put: 't.timed){let E=e.hooks.language.timeReport(e,r,t.timePosix);i={',
  },
  {
    why: 'what a subshell has read of the input of the loop around it is gone for what follows',
    find: 'try{return await $n(e,t.redirections,n,l=>kO(e,t,l.stdin??n,r,s||l.stdin!==void 0))}finally{',
    put: 'let K;try{return await $n(e,t.redirections,n,l=>(K=s||n||l.stdin!==void 0,kO(e,t,l.stdin??n,r,s||l.stdin!==void 0)))}finally{let k=e.state.groupStdin;',
  },
  {
    why: 'what a subshell has read of the input of the loop around it is gone for what follows',
    find: 'a();e.hooks.language.useUmask(e);for(let[c,u]of l)',
    put: 'a(),K||(e.state.groupStdin=k);e.hooks.language.useUmask(e);for(let[c,u]of l)',
  },
];
