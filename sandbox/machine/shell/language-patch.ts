// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where just-bash's language is not bash's: scripts as processes of their own, traps, messages with a line number. Each replacement
// only opens a door; what is behind it is in `language.ts` and the files that it names. Corpus: `tests/fidelity/shell/language-*.yaml`.
import type { Replacement } from './replacement.ts';

export const languagePatch: readonly Replacement[] = [
  {
    why: 'what stands in `((…))` is read as it is written: `i>=3` is not `i > =3`; where it is not closed it is told where it began',
    find: 'o||this.expect(v.DPAREN_END);let a=this.parseArithmeticExpression(n.trim()),l=',
    put: 'if(!o){if(this.check(v.EOF))throw new Ut("unexpected EOF while looking for matching `)\'",t.line,t.column,t);this.expect(v.DPAREN_END)}let Z=this._input.slice(t.end,this.tokens[this.pos-1].end),X=Z.endsWith("))")?Z.slice(0,-2):n,a={...this.parseArithmeticExpression(X.trim()),written:X},l=',
  },
  {
    why: '`return` where there is nothing to return from is a mistake of usage',
    find: 'return K("bash: return: can only `return\' from a function or sourced script\\n")',
    put: 'return K("bash: return: can only `return\' from a function or sourced script\\n",2)',
  },
  {
    why: '`((!x))` is arithmetic, not two subshells',
    find: 'a=i==="!"||i==="[";if(!o&&!a)return!1;',
    put: 'a=i==="!"&&/\\s/.test(n[s+1])||i==="[";if(!o&&!a)return!1;',
  },
  {
    why: 'a script begins with what its caller says: its name, its pid, its options',
    find: 'signal:u.signal,extraArgs:u.args},g=t;',
    put: 'signal:u.signal,extraArgs:u.args,...u.state},g=t;',
  },
  {
    why: 'a script begins with what its caller says: its name, its pid, its options',
    find: 'inCondition:!1,localScopes:[]})',
    put: 'inCondition:!1,localScopes:[],...u.state})',
  },
  {
    why: 'what stands before a syntax error runs',
    find: 'or(g,{maxHeredocSize:this.limits.maxHeredocSize}),S;',
    put: 'this.hooks.language.read(g,k=>or(k,{maxHeredocSize:this.limits.maxHeredocSize,extglob:s===0&&this.state.shoptOptions.extglob||u.state?.shoptOptions?.extglob})),S;',
  },
  {
    why: 'a shell that ends runs its EXIT trap',
    find: 'R=await new Yo(E,m).executeScript(x)',
    put: 'W=new Yo(E,m),G=m.groupStdin,R=await E.hooks.language.run(W.ctx,x);u.around&&G&&u.around.state.groupStdin===G&&(u.around.state.groupStdin=m.groupStdin)',
  },
  {
    why: 'messages name the script and the line, before they are redirected',
    find: 'async runCommand(t,n,r,s,i=!1,o=!1,a=-1,l=!1){',
    put: 'async runCommand(...q){return this.ctx.hooks.language.located(this.ctx,await this.runCommandUnlocated(...q),q[0])}async runCommandUnlocated(t,n,r,s,i=!1,o=!1,a=-1,l=!1){',
  },
  {
    why: 'messages name the script and the line; traps run before a command; `exec` ends the shell',
    find: 'try{i=await this.executeCommandInner(t,n,r)}catch(a){',
    put: 'try{let D=await this.ctx.hooks.language.before(this.ctx,t);i=this.ctx.hooks.language.after(this.ctx,t,await this.executeCommandInner(t,n,r),D)}catch(a){this.ctx.hooks.language.locateError(this.ctx,a);',
  },
  {
    why: 'a program that is a file runs by its first line, as a process of its own',
    find: 'async executeUserScript(t,n,r=""){return S3(this.ctx,t,n,r,s=>this.executeScript(s))}',
    put: 'async executeUserScript(t,n,r=""){return this.ctx.hooks.language.runFile(this,t,n,r)}',
  },
  {
    why: 'a program is called as it was typed',
    find: 'await a(c.path,n,r)',
    put: 'await a(t.includes("/")?t:c.path,n,r)',
  },
  {
    why: 'within a trap the line is that of the command that set it off',
    find: 'executeSimpleCommandInner(t,n,r){if(t.line!==void 0&&(',
    put: 'executeSimpleCommandInner(t,n,r){if(t.line!==void 0&&!this.ctx.state.trapping&&(',
  },
  {
    why: 'traps on ERR and on signals run when a statement has ended',
    find: 'catch(l){throw n.prependTo(l),l}let o=s<t.pipelines.length-1,a=this.ctx.state.errexitSafe;',
    put: 'catch(l){throw n.prependTo(l),l}let o=s<t.pipelines.length-1,a=this.ctx.state.errexitSafe;try{let k=await this.ctx.hooks.language.ended(this.ctx,t,r!==0&&!o&&!i&&!this.ctx.state.inCondition&&!a);k&&n.appendResult(k,$c(k))}catch(l){throw n.prependTo(l),l}',
  },
  {
    why: 'a function knows the file that it is from',
    find: '??e.state.currentSource??"main"}',
    put: '??e.state.currentSource??(e.state.script?.isInput?"main":"environment")}',
  },
  {
    why: 'after a call the line is again that of the call',
    find: 'e.state.funcNameStack?.shift(),e.state.callLineStack?.shift(),e.state.sourceStack?.shift(),e.state.callDepth--}',
    put: 'e.state.funcNameStack?.shift(),e.state.currentLine=e.state.callLineStack?.shift()??e.state.currentLine,e.state.sourceStack?.shift(),e.state.callDepth--}',
  },
  {
    why: 'what is sourced knows its name and its lines, and runs up to a syntax error',
    find: 'e.state.currentSource=r;try{let c=or(i),u=await e.executeScript(c);return l(),u}',
    put: 'e.state.currentSource=r,(e.state.sourceStack??=[]).unshift(r),(e.state.funcNameStack??=[]).unshift("source"),(e.state.callLineStack??=[]).unshift(e.state.currentLine);try{let c=e.hooks.language.read(i,or),u=await e.hooks.language.part(e,c,"");return l(),u}',
  },
  {
    why: 'what is sourced knows its name and its lines',
    find: 'e.state.sourceDepth--,e.state.currentSource=a,n.length>1',
    put: 'e.state.sourceDepth--,e.state.currentSource=a,e.state.sourceStack.shift(),e.state.funcNameStack.shift(),e.state.currentLine=e.state.callLineStack.shift(),n.length>1',
  },
  {
    why: '`eval` runs up to a syntax error',
    find: 'let l=or(i);return await e.executeScript(l)}',
    put: 'return await e.hooks.language.part(e,e.hooks.language.read(i,or),"eval: ")}',
  },
  {
    why: 'FUNCNAME is set in functions only',
    find: 'case"FUNCNAME":{let o=e.state.funcNameStack?.[0];',
    put: 'case"BASH_COMMAND":return e.hooks.language.commandText(e);case"BASH_SUBSHELL":return String(e.state.subshells??0);case"FUNCNAME":{let o=e.state.callDepth>0?e.state.funcNameStack?.[0]:void 0;',
  },
  {
    why: 'a subshell has traps and a depth of its own',
    find: 'function _p(e){let t={env:e.env,',
    put: 'function inheritedTraps(e){return new Map([...e.traps??[]].filter(([k,v])=>v.action===""||k==="ERR"&&e.options.errtrace||k==="DEBUG"&&e.options.functrace))}function _p(e){let t={traps:e.traps,subshells:e.subshells,umask:e.umask,env:e.env,',
  },
  {
    why: 'a subshell has traps and a depth of its own',
    find: 'e.functions=new Map(e.functions),e.callLineStack=e.callLineStack?',
    put: 'e.traps=inheritedTraps(e),e.subshells=(e.subshells??0)+1,e.functions=new Map(e.functions),e.callLineStack=e.callLineStack?',
  },
  {
    why: 'functions know ERR traps with `set -E`, DEBUG traps with `set -T`',
    find: '["T",null],["E",null]',
    put: '["T","functrace"],["E","errtrace"]',
  },
  {
    why: 'functions know ERR traps with `set -E`, DEBUG traps with `set -T`',
    find: '["functrace",null],["errtrace",null]',
    put: '["functrace","functrace"],["errtrace","errtrace"]',
  },
  {
    why: 'what standard input was before is what it is again',
    find: 'n!=="persistent"&&fc(e,r.numericSnapshot)',
    put: 'n!=="persistent"&&(e.state.isSeekable=r.isSeekable,fc(e,r.numericSnapshot))',
  },
  {
    why: 'messages of redirections name the script and the line',
    find: 'return{prepare:(i="")=>bI(e,t,i,r),',
    put: 'return{prepare:async(i="")=>{r.isSeekable=e.state.isSeekable;if(t.some(q=>q.operator[0]==="<"))e.state.isSeekable=!1;let b=await bI(e,t,i,r);return b.targets&&(b.targets.cwd=e.state.cwd),b.error&&(b.error=e.hooks.language.located(e,b.error)),b},',
  },
  {
    why: 'commands know the shell that they run in',
    find: 'hooks:i.hooks,attached:',
    put: 'shell:i,hooks:i.hooks,attached:',
  },
  {
    why: 'a subshell that ends runs its EXIT trap',
    find: 'async function kO(e,t,n,r,s){',
    put: 'async function kO(e,t,n,r,s){return e.hooks.language.atExit(e,await subshellBody(e,t,n,r,s).catch(async x=>{throw await e.hooks.language.withLastWords(e,x)}))}async function subshellBody(e,t,n,r,s){',
  },
  {
    why: 'a loop whose body ends with `[[ … ]] && …` is as safe from `set -e` as that is, whatever its condition asks afterwards',
    find: 'if(c!==0)break;try{for(let p of t.body){let h=await e.executeStatement(p);s.append(h.stdout,h.stderr),i=h.exitCode}',
    put: 'if(c!==0)break;try{for(let p of t.body){let h=await e.executeStatement(p);s.append(h.stdout,h.stderr),i=h.exitCode,s.isSafe=e.state.errexitSafe}',
  },
  {
    why: 'a loop whose body ends with `[[ … ]] && …` is as safe from `set -e` as that is, whatever its condition asks afterwards',
    find: 'return s.build(i)}async function y3(',
    put: 'return e.state.errexitSafe=s.isSafe??!1,s.build(i)}async function y3(',
  },
  {
    why: 'a loop whose body ends with `[[ … ]] && …` is as safe from `set -e` as that is, whatever its condition asks afterwards',
    find: 'c.exitCode===0)break;try{for(let u of t.body){let f=await e.executeStatement(u);s.append(f.stdout,f.stderr),i=f.exitCode}',
    put: 'c.exitCode===0)break;try{for(let u of t.body){let f=await e.executeStatement(u);s.append(f.stdout,f.stderr),i=f.exitCode,s.isSafe=e.state.errexitSafe}',
  },
  {
    why: 'a loop whose body ends with `[[ … ]] && …` is as safe from `set -e` as that is, whatever its condition asks afterwards',
    find: 'return s.build(i)}async function w3(',
    put: 'return e.state.errexitSafe=s.isSafe??!1,s.build(i)}async function w3(',
  },
  {
    why: 'a command substitution is a subshell: `set -e` sleeps in it, and what it sets does not last',
    find: 'let p=await e.executeScript(t.body),h=p.exitCode;e.state.env=c',
    put: 'let p=await e.hooks.language.substitute(e,t.body,inheritedTraps),h=p.exitCode;e.state.env=c',
  },
  {
    why: '`trap` is part of the shell',
    find: 'if(t==="exit")return mp(c,n);',
    put: 'if(t==="trap")return c.hooks.language.trap(c,n);if(t==="exit")return mp(c,n);',
  },
  {
    why: '`export -f` gives functions to scripts',
    find: 't==="export")return gp(c,n);',
    put: 't==="export")return n[0]==="-f"?c.hooks.language.exportFunctions(c,n.slice(1)):gp(c,n);',
  },
  {
    why: '`exec` with a command ends the shell',
    find: 'let[f,...d]=n;return{...await u(f,d,[],s,!1,!1,-1,l),internalProducerOmitsShellPrefix:!0}',
    put: 'let w=n;for(;/^-[cla]+$/.test(w[0]??"");)w=w.slice(w[0].includes("a")?2:1);if(w.length===0)return Fe;let[f,...d]=w,q=await u(f,d,[],s,!0,!1,-1,l);q.exitCode===127&&(q={...q,stderr:q.stderr.replace(/([^\\n]*: )([^\\n]*): command not found\\n$/,"$1exec: $2: not found\\n").replace(/([^\\n:]*: (?:line \\d+: )?)([^\\n]*: No such file or directory\\n)$/,"$1exec: $2").replace("exec: exec: ","exec: ")});return c.hooks.language.replace(c,q),{...q,internalProducerOmitsShellPrefix:!0}',
  },
  {
    why: 'an unset variable under `set -u` ends the shell from within a group too',
    find: 'if(sa(d)||d instanceof Yt||d instanceof he)throw d.prependOutput(o.stdout,o.stderr),d;',
    put: 'if(sa(d)||d instanceof Yt||d instanceof he||d instanceof Jt||d instanceof Ge||d instanceof nn||d instanceof He)throw d.prependOutput(o.stdout,o.stderr),d;',
  },
  {
    why: 'an unset variable under `set -u` ends the script within `if` and `case` too',
    find: 'if(sa(s)||s instanceof Yt||s instanceof he||s instanceof C||s instanceof hr)throw',
    put: 'if(sa(s)||s instanceof Yt||s instanceof he||s instanceof C||s instanceof hr||s instanceof Jt||s instanceof Ge||s instanceof nn||s instanceof He)throw',
  },
  {
    why: '`exit` within a trap, within `exec`',
    find: 'export{or as parseScript,',
    put: 'export{he as ExitError,$c as decodedText,or as parseScript,',
  },
  {
    why: 'an assignment that is refused says where',
    find: 'if(s.error)return s.error;let i=s.tempAssignments',
    put: 'if(s.error)return this.ctx.hooks.language.located(this.ctx,s.error);let i=s.tempAssignments',
  },
  {
    why: 'a command whose name is empty is told of at its line',
    find: 'K(`bash: : command not found\n`,127)',
    put: 'this.ctx.hooks.language.located(this.ctx,K(`bash: : command not found\n`,127))',
  },
  {
    why: 'a job has traps of its own',
    find: 'exportedVars:new Set(e.exportedVars),attached:!0',
    put: 'exportedVars:new Set(e.exportedVars),traps:inheritedTraps(e),attached:!0',
  },
  {
    why: '`shopt -s inherit_errexit` can be set',
    find: '"expand_aliases","lastpipe","xpg_echo"]',
    put: '"expand_aliases","lastpipe","xpg_echo","inherit_errexit"]',
  },
  {
    why: '`"${name:-words}"` under `set -u` is no unset variable',
    find: 'c=await Cr(e,l),u=await We(e,l),f=u===""',
    put: 'c=await Cr(e,l),u=await We(e,l,!1),f=u===""',
  },
  {
    why: '`$-` in bash’s order; it tells how the shell was called',
    find: 'let o="";return o+="h",e.state.options.errexit&&(o+="e"),e.state.options.noglob&&(o+="f"),e.state.options.nounset',
    put: 'let o="";return e.state.options.allexport&&(o+="a"),e.state.options.errexit&&(o+="e"),e.state.options.noglob&&(o+="f"),o+="h",e.state.script||(o+="im"),e.state.options.nounset',
  },
  {
    why: '`$-` in bash’s order; it tells how the shell was called',
    find: 'e.state.options.noclobber&&(o+="C"),o+="s",o}',
    put: 'e.state.options.noclobber&&(o+="C"),e.state.options.errtrace&&(o+="E"),e.state.script?.isCommand&&(o+="c"),o}',
  },
  {
    why: 'it stands for bash 5.2',
    find: 'T6="5.1.0(1)-release"',
    put: 'T6="5.2.15(1)-release"',
  },
  {
    why: '`set -o` in bash’s columns',
    find: '`${r.padEnd(16)}${e.state.options[r]?"on":"off"}`),n=H4.map(r=>`${r.padEnd(16)}off`)',
    put: '`${r.padEnd(15)}\t${e.state.options[r]?"on":"off"}`),n=H4.map(r=>`${r.padEnd(15)}\t${/^(braceexpand|hashall|interactive-comments)$/.test(r)||e.state.options[r]?"on":"off"}`)',
  },
  {
    why: 'a function whose last list was cut short has failed all the same',
    find: 'm=await e.executeCommand(t.body,p,h);',
    put: 'm=await e.executeCommand(t.body,p,h);e.state.errexitSafe=!1;',
  },
  {
    why: '`)` alone is refused before its line runs',
    find: 'return this.advance(),Y.statement([Y.pipeline([Y.simpleCommand(null,[],[],[])])],[],!1,{message:r,token:n})}',
    put: 'this.error(r)}',
  },
  {
    why: '`getopts` names the script alone',
    find: 'm=`bash: illegal option -- ${d}\n`',
    put: 'm=`${e.state.env.get("0")??"bash"}: illegal option -- ${d}\n`',
  },
  {
    why: 'a division by zero tells where it stands',
    find: 'case"ArithmeticExpansion":{let s=t.expression.originalText;',
    put: 'case"ArithmeticExpansion":try{let s=t.expression.originalText;',
  },
  {
    why: 'a division by zero tells where it stands',
    find: 'return String(await Te(e,t.expression.expression,!0))}case"BraceExpansion"',
    put: 'return String(await Te(e,t.expression.expression,!0))}catch(x){throw e.hooks.language.arithmeticError(e,x,t.expression.originalText??"")}case"BraceExpansion"',
  },
  {
    why: '`getopts` names the script alone',
    find: 'm=`bash: option requires an argument -- ${d}\n`',
    put: 'm=`${e.state.env.get("0")??"bash"}: option requires an argument -- ${d}\n`',
  },
  {
    why: '`for name; do` goes through the arguments as they are',
    find: 'i=(e.state.env.get("@")||"").split(" ").filter(Boolean)',
    put: 'i=Array.from({length:Number(e.state.env.get("#")??0)},(k,v)=>e.state.env.get(String(v+1))??"")',
  },
  {
    why: 'what goes to one place by `2>&1` stays in its order',
    find: 'let s=jw(this.ctx),i;try{let D=await this.ctx.hooks.language.before(this.ctx,t);i=this.ctx.hooks.language.after(this.ctx,t,await this.executeCommandInner(t,n,r),D)}',
    put: 'let s=jw(this.ctx),i,M=this.ctx.state.merged;try{let D=await this.ctx.hooks.language.before(this.ctx,t);i=this.ctx.hooks.language.after(this.ctx,t,await this.executeCommandInner(t,n,r),D,M)}',
  },
  {
    why: 'what goes to one place by `2>&1` stays in its order',
    find: 'throw await Ad(this.ctx,s).catch(()=>{}),a}let o=await Ad(this.ctx,s);',
    put: 'throw await Ad(this.ctx,s).catch(()=>{}),a}finally{this.ctx.state.merged=M}let o=await Ad(this.ctx,s);',
  },
  {
    why: 'errors of a command in a pipeline do not go into the pipe',
    find: 'async executePipeline(t){let e=this.ctx,f=(n,r)=>this.executeCommand(n,r);',
    put: 'async executePipeline(t){return t.commands.length>1?this.ctx.hooks.language.pipeline(this.ctx,t,k=>this.wholePipeline(t,k)):this.wholePipeline(t)}async wholePipeline(t,k){let e=this.ctx,f=async(n,r)=>{k?.begin();let q=await this.executeCommand(n,r);return k?k.end(q):q};',
  },
  {
    why: 'what writes into a pipe that nobody reads any more ends by SIGPIPE',
    find: 'a.push(R.exitCode),R.exitCode!==0&&',
    put: 'e.hooks?.language.brokenPipe(e,t.commands,a,s)&&(o=141),a.push(R.exitCode),R.exitCode!==0&&',
  },
  {
    why: 'a command in a pipeline is a subshell: its directory and its options are its own',
    find: 'A=E?new Map(e.state.env):null,O=E?qn(e.state.arrays):null,',
    put: 'A=E?new Map(e.state.env):null,O=E?qn(e.state.arrays):null,H=E?ownOfPipe(e.state):null,',
  },
  {
    why: 'a command in a pipeline is a subshell: its directory and its options are its own',
    find: 'else throw A&&(e.state.env=A,e.state.arrays=O??new Map),I}',
    put: 'else throw A&&(e.state.env=A,e.state.arrays=O??new Map,Object.assign(e.state,H),e.hooks?.language.useUmask(e)),I}',
  },
  {
    why: 'a command in a pipeline is a subshell: its directory and its options are its own',
    find: 'e.state.groupStdinSourceFd=p)}if(A&&(e.state.env=A,e.state.arrays=O??new Map),R=',
    put: 'e.state.groupStdinSourceFd=p)}if(A&&(e.state.env=A,e.state.arrays=O??new Map,Object.assign(e.state,H),e.hooks?.language.useUmask(e)),R=',
  },
  {
    why: 'a command in a pipeline is a subshell: its directory and its options are its own',
    find: 'async function b3(e,t,n){',
    put: 'function ownOfPipe({cwd:c,previousDir:p,umask:u,options:o,shoptOptions:s,directoryStack:d,functions:f,lastBackgroundPid:b}){return{cwd:c,lastBackgroundPid:b,previousDir:p,umask:u,options:{...o},shoptOptions:{...s},directoryStack:d&&[...d],functions:new Map(f)}}async function b3(e,t,n){',
  },
  {
    why: '`umask` is part of the shell, and a subshell has its own',
    find: 'if(t==="trap")return c.hooks.language.trap(c,n);',
    put: 'if(t==="umask")return c.hooks.language.umask(c,n);if(t==="trap")return c.hooks.language.trap(c,n);',
  },
  {
    why: '`umask` is part of the shell, and a subshell has its own',
    find: 'let p=Math.min(...ls(e,c));l.set(p,Math.max(l.get(p)??0,d))}a();',
    put: 'let p=Math.min(...ls(e,c));l.set(p,Math.max(l.get(p)??0,d))}a();e.hooks.language.useUmask(e);',
  },
  {
    why: '`bash -c` ends with 127 at an unset variable under `set -u`',
    find: 'r.append("stderr",i.stderr,i.internalOutputAccounting.stderr),n=1,this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n)),{...r.build(n),exitCode:n,env:Ht(this.ctx.state.env)};if(i instanceof nn)',
    put: 'r.append("stderr",i.stderr,i.internalOutputAccounting.stderr),n=this.ctx.hooks.language.fatalStatus(this.ctx),this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n)),{...r.build(n),exitCode:n,env:Ht(this.ctx.state.env)};if(i instanceof nn)',
  },
  {
    why: '`bash -c` ends with 127 at `${name:?}`',
    find: 'throw new he(1,"",`bash: ${t}: ${o}\n',
    put: 'throw new he(e.hooks.language.fatalStatus(e),"",`bash: ${t}: ${o}\n',
  },
  {
    why: '`exec > >(tee log)` lasts until the shell ends',
    find: 'let o=await Ad(this.ctx,s);return!o.stdout',
    put: 'let o=this.ctx.hooks.language.keepsSubstitutions(t)?{stdout:"",stderr:""}:await Ad(this.ctx,s);return!o.stdout',
  },
  {
    why: '`exec > >(tee log)` lasts until the shell ends',
    find: 'this.ctx={hooks:t.hooks,state:n,',
    put: 'this.ctx={releaseSubstitutions:open=>Ad(this.ctx,open),hooks:t.hooks,state:n,',
  },
  {
    why: 'a trap on RETURN runs when a function has ended',
    find: 'm=await e.executeCommand(t.body,p,h);e.state.errexitSafe=!1;',
    put: 'm=await e.hooks.language.returned(e,await e.executeCommand(t.body,p,h));e.state.errexitSafe=!1;',
  },
  {
    why: 'after `exec 2> file` a command does not write to the terminal',
    find: 'attached:!!i.state.attached&&!i.state.suppressVerbose',
    put: 'attached:!!i.state.attached&&!i.state.suppressVerbose&&!i.state.fileDescriptors?.has(1)&&!i.state.fileDescriptors?.has(2)',
  },
  {
    why: 'a script in the background is part of its job',
    find: 'let E={hooks:J?J.hooks:this.hooks,',
    put: 'let E={hooks:J?J.hooks:u.hooks??this.hooks,',
  },
  {
    why: 'a script in the background is part of its job',
    find: 'exec:(N,I,T=!1)=>this.execInScope(N,I,r,s+1,u.signal,T),',
    put: 'exec:(N,I,T=!1)=>this.execInScope(N,{...I,hooks:E.hooks,around:W.ctx},r,s+1,u.signal,T),',
  },
  {
    why: 'what `env` sets is exported',
    find: '{...this.fresh(),attached:!1,env:h,',
    put: '{...this.fresh(),processSubstitutions:Uw(u.around),processSubstitutionFsMounted:u.around.state.processSubstitutionFsMounted,attached:!1,exportedVars:new Set([...u.replaceEnv?[]:this.state.exportedVars,...Object.keys(u.env??{}).filter(k=>/^[A-Za-z_][\\w.-]*$/.test(k))]),env:h,',
  },
  {
    why: '`select` loops: a menu, an answer, the body',
    find: 'function Qf(e,t){let n=e.expect(v.FOR);',
    put: 'function selectLoop(e,t){let b=e.expect(v.SELECT);e.isWord()||e.error("Expected variable name in select loop");let n=e.advance().value,w=null;if(e.skipNewlines(),e.check(v.IN))for(e.advance(),w=[];!e.check(v.SEMICOLON,v.NEWLINE,v.DO,v.EOF)&&e.isWord();)w.push(e.parseWord());e.check(v.SEMICOLON)&&e.advance();e.skipNewlines();e.expect(v.DO);let o=e.parseCompoundList();e.expect(v.DONE);let r=t?.skipRedirections?[]:e.parseOptionalRedirections(),k="\\\\select",d=String(b.start),s=or(`${k} -begin ${d}${w?"":\' "$@"\'}; while ${k} -menu ${d} && { read -r REPLY || ${k} -eof ${d}; }; do if ${k} -choose ${d} ${n}; then :; fi; done; ${k} -end ${d}`).statements,c=i=>s[i].pipelines[0].commands[0];w&&c(0).args.push(...w);c(1).body[0].pipelines[0].commands[0].clauses[0].body=o;return Y.group(s,r)}function Qf(e,t){let n=e.expect(v.FOR);',
  },
  {
    why: '`select` loops: a menu, an answer, the body',
    find: 'case v.FOR:return Qf(this);case v.WHILE',
    put: 'case v.SELECT:return selectLoop(this);case v.FOR:return Qf(this);case v.WHILE',
  },
  {
    why: '`select` loops: a menu, an answer, the body',
    find: 'if(t==="umask")return c.hooks.language.umask(c,n);',
    put: 'if(t==="select")return c.hooks.language.select(c,n);if(t==="umask")return c.hooks.language.umask(c,n);',
  },
  {
    why: '`!(…)` after another word is a pattern of extglob, where that was set on an earlier line',
    find: 'this.maxHeredocSize=n?.maxHeredocSize??rk}',
    put: 'this.maxHeredocSize=n?.maxHeredocSize??rk;this.extglob=n?.extglob;this.strict=n!==void 0&&"extglob"in n}',
  },
  {
    why: '`!(…)` after another word is a pattern of extglob',
    find: 'i==="!"?o==="="?(this.pos=n+2',
    put: 'i==="!"?o==="("&&this.followsWord()?this.readWord(n,r,s):o==="="?(this.pos=n+2',
  },
  {
    why: '`!(…)` after another word is a pattern of extglob',
    find: 'readComment(t,n,r){',
    put: 'followsWord(){let t=this.tokens[this.tokens.length-1];return t!==void 0&&/^(WORD|NAME|NUMBER|IN)$/.test(t.type)&&this.knowsExtglob()}knowsExtglob(){return this.extglob||/\\bextglob\\b/.test(this.input.slice(0,Math.max(0,this.input.lastIndexOf("\\n",this.pos))))}withinTest(){let t=this.tokens.findLast(x=>x.type===v.DBRACK_START||x.type===v.DBRACK_END);return t?.type===v.DBRACK_START}readComment(t,n,r){',
  },
  {
    why: '`!(…)` is matched by what can look ahead: RE2 cannot',
    find: '}catch(s){if(s instanceof it){let i=s.message||"",o="";throw i.includes("(?=")',
    put: '}catch(s){if(t.includes("(?!")){this._ahead=new RegExp(t.replace("(?s)",""),`${n.replace(/[gs]/g,"")}s`);return}if(s instanceof it){let i=s.message||"",o="";throw i.includes("(?=")',
  },
  {
    why: '`!(…)` is matched by what can look ahead: RE2 cannot',
    find: 'test(t){return this._global&&(this._lastIndex=0),this.acquireMatcher(t).find()}',
    put: 'test(t){return this._ahead?this._ahead.test(t):(this._global&&(this._lastIndex=0),this.acquireMatcher(t).find())}',
  },
  {
    why: 'under `failglob` what matches nothing ends the line, as a wrong expression does',
    find: 'if(r?.finish(),s instanceof pr)return K(s.stderr);throw s',
    put: 'if(r?.finish(),s instanceof pr)throw new Ge(s.message);throw s',
  },
  {
    why: '`name=value` is a word like any other where no command can begin: after `for … in`, `case` and a redirection',
    find: 'isWord(){return this.isWordToken(qt.Default)',
    put: 'asWord(){return this.check(v.ASSIGNMENT_WORD)&&(this.current().type=v.WORD),this.isWord()}isWord(){return this.isWordToken(qt.Default)',
  },
  {
    why: '`name=value` is a word like any other after a redirection: `base64 -d <<< aGk=`',
    find: 'e.isWord()||e.error("Expected redirection target")',
    put: 'e.asWord()||e.error("Expected redirection target")',
  },
  {
    why: '`name=value` is a word like any other: `for pair in a=1 b=2`',
    find: '!e.check(v.SEMICOLON,v.NEWLINE,v.DO,v.EOF)&&e.isWord();)i.push(e.parseWord())',
    put: '!e.check(v.SEMICOLON,v.NEWLINE,v.EOF)&&e.asWord();)i.push(e.parseWord())',
  },
  {
    why: '`name=value` is a word like any other: `case a=b in`',
    find: 'e.isWord()||e.error("Expected word after \'case\'")',
    put: 'e.asWord()||e.error("Expected word after \'case\'")',
  },
  {
    why: '`name=value` is a word like any other: `case $x in a=*)`',
    find: 'for(;e.isWord()&&(t.push(e.parseWord()),e.check(v.PIPE));)e.advance();',
    put: 'for(;e.asWord()&&(t.push(e.parseWord()),e.check(v.PIPE));)e.advance();',
  },
  {
    why: 'a pipe leads to a command',
    find: 'this.skipNewlines(),o.push(l.type===v.PIPE_AMP);let c=this.parseCommand()',
    put: 'this.skipNewlines(),o.push(l.type===v.PIPE_AMP),this.isCommandStart()||this.error("Expected command");let c=this.parseCommand()',
  },
  {
    why: '`&&` and `||` lead to a command',
    find: 'r.push(l.type===v.AND_AND?"&&":"||"),this.skipNewlines();',
    put: 'r.push(l.type===v.AND_AND?"&&":"||"),this.skipNewlines(),this.isCommandStart()||this.error("Expected command");',
  },
  {
    why: '`if then`, `while do`, `( )` and `{ }` lack a command',
    find: 'if(s&&n.push(s),this.skipSeparators(),this.pos===r&&!s)break}return n}finally{t()}}',
    put: 'if(s&&n.push(s),this.skipSeparators(),this.pos===r&&!s)break}return n.length===0&&this.error("Expected command"),n}finally{t()}}',
  },
  {
    why: 'between two `;` there is a command',
    find: 'if(this.check(v.SEMICOLON,v.COMMENT)){this.advance();continue}if(t&&',
    put: 'if(this.check(v.SEMICOLON)&&this.pos>0&&this.peek(-1).type===v.SEMICOLON)this.error("Expected command");if(this.check(v.SEMICOLON,v.COMMENT)){this.advance();continue}if(t&&',
  },
  {
    why: '`name=value` is an element like any other: `settings=(a=1 b=2)`',
    find: 'e.checkIterationLimit(),e.isWord()?t.push(e.parseWord()):bk.has(',
    put: 'e.checkIterationLimit(),e.asWord()?t.push(e.parseWord()):bk.has(',
  },
  {
    why: 'a wrong expansion fails where it is expanded, not when the script is read',
    find: 'e.error(`\\${${d.slice(2,-1)}}: bad substitution`)',
    put: 'return{part:Y.parameterExpansion("",{type:"BadSubstitution",text:d.slice(2,-1)}),endIndex:f+1}',
  },
  {
    why: 'a wrong expansion is told as it is written',
    find: 'case"BadSubstitution":throw new nn(s.text)',
    put: 'case"BadSubstitution":throw new nn("${"+s.text+"}")',
  },
  {
    why: 'a wrong expansion ends its line, not the script, and in a pipeline its command alone, as an unset variable does under `set -u`',
    find: 'if(I instanceof nn)R=',
    put: 'if((I instanceof nn||I instanceof Jt||I instanceof Ge)&&t.commands.length>1)R=',
  },
  {
    why: 'a wrong expansion ends its line, not the script',
    find: 'if(i instanceof nn)return r.append(',
    put: 'if(!1)return r.append(',
  },
  {
    why: 'a wrong expansion ends its line, not the script',
    find: 'env:Ht(this.ctx.state.env)};if(i instanceof Ge){r.append(',
    put: 'env:Ht(this.ctx.state.env)};if(i instanceof Ge||i instanceof nn){r.append(',
  },
  {
    why: '`< /dev/stdin` is what is read already; a file, and no device or pipe, has a size and takes back what was not read of it',
    find: 'else if(y.operator==="<"){let A=e.fs.resolvePath(e.state.cwd,S);try{c=await Wt(e.fs,A),u=-1,',
    put: 'else if(y.operator==="<"&&/^\\/dev\\/(?:stdin|fd\\/0)$/.test(S)){c=c||n||e.state.groupStdin||"";m(x,{kind:"input",content:c})}else if(y.operator==="<"){let A=e.fs.resolvePath(e.state.cwd,S);e.state.isSeekable=!A.startsWith("/dev/");try{c=await Wt(e.fs,A).catch(q=>{if(q.code==="EISDIR")return"\\ud800";throw q}),u=-1,',
  },
  {
    why: 'a folder can be opened, and not read: half of a character, which no byte is, stands for what it holds (`bytesRead` in `commands.ts`)',
    find: 'let x=i===""?"\\0":i,S="",E=0,A=F=>',
    put: 'if(b==="\\ud800")return Q("",`bash: read: read error: ${u>0?u:0}: Is a directory\n`,1);let x=i===""?"\\0":i,S="",E=0,A=F=>',
  },
  {
    why: 'a folder can be opened',
    find: '{kind:"input",content:s}}}catch{if(!n)return{error:',
    put: '{kind:"input",content:s}}}catch(q){if(!n&&q.code==="EISDIR")return{entry:{kind:"input",content:"\\ud800"}};if(!n)return{error:',
  },
  {
    why: 'a folder has no lines',
    find: '!u&&e.state.groupStdin!==void 0&&(u=e.state.groupStdin);let f=[],d=0,p=0,h=0,',
    put: '!u&&e.state.groupStdin!==void 0&&(u=e.state.groupStdin);u==="\\ud800"&&(u="");let f=[],d=0,p=0,h=0,',
  },
  {
    why: '`source` of a folder says that it is one',
    find: 'if(i===null)return K(`bash: ${r}: No such file or directory\n`);let o=new Map;',
    put: 'if(i===null){let q=e.fs.resolvePath(e.state.cwd,r);return K(await e.fs.exists(q)&&(await e.fs.stat(q)).isDirectory?`bash: ${Z}: ${r}: is a directory\n`:`bash: ${r}: No such file or directory\n`)}let o=new Map;',
  },
  {
    why: '`source /dev/stdin` reads what is read already',
    find: 'try{i=await e.fs.readFile(c),s=c}catch{}}else{let u=',
    put: 'try{i=c==="/dev/stdin"?$c({stdout:z||e.state.groupStdin||"",stdoutKind:"bytes"}):await e.fs.readFile(c),s=c}catch{}}else{let u=',
  },
  {
    why: '`source /dev/stdin` reads what is read already',
    find: 'async function Ip(e,t){let n=t;',
    put: 'async function Ip(e,t,z,Z){let n=t;',
  },
  {
    why: '`source /dev/stdin` reads what is read already',
    find: 'return Ip(c,n);',
    put: 'return Ip(c,n,s,t);',
  },
  {
    why: 'what is wrong with the redirections of a compound command is told with the line of its end',
    find: 'if(t.push(Il(this)),this.pos===n)break}return t}',
    put: 'let line=this.tokens[n].line;if(t.push(Object.assign(Il(this),{line})),this.pos===n)break}return t}',
  },
  {
    why: 'a built-in command refuses options that it does not have',
    find: 'async function u3(e,t,n,r,s,i,o,a,l=!1){let{ctx:c,runCommand:u}=e;',
    put: 'async function u3(e,t,n,r,s,i,o,a,l=!1){let{ctx:c,runCommand:u}=e,R=!i&&c.state.functions.has(t)?void 0:n[0]==="--help"&&Bi.has(t)&&!/^(echo|test|\\[|true|false|:)$/.test(t)?{...wp(c,[t]),exitCode:2}:c.hooks.language.refusal(t,n);if(R)return R;',
  },
  {
    why: 'what is written to a descriptor that is closed is an error',
    find: 'E==="-"){A===1?h={kind:"discard"}:m={kind:"discard"};break}',
    put: 'E==="-"){A===1?(h={kind:"invalid-output",fd:1},o==="bash"&&(o=e.state.currentNode?.name?.parts?.[0]?.value??o)):m={kind:"invalid-output",fd:2};break}',
  },
  {
    why: 'a device that is always full can be opened, and not written to',
    find: 'if(t==="/dev/full")return{error:Q("",`bash: /dev/full: No space left on device\n`,1)};',
    put: '',
  },
  {
    why: 'a device that is always full can be opened, and not written to',
    find: 'c+=`bash: echo: write error: No space left on device\n`,u=1,A===1&&(l="");break}',
    put: 'A===1?(h={kind:"invalid-output",fd:1,isFull:!0},o==="bash"&&(o=e.state.currentNode?.name?.parts?.[0]?.value??o)):m={kind:"invalid-output",fd:2};break}',
  },
  {
    why: 'a regular expression that is none makes `[[` end with 2, and says nothing',
    find: 'throw new Error("syntax error in regular expression")',
    put: 'throw Object.assign(new Error(""),{status:2})',
  },
  {
    why: 'what a local variable is, a number or read-only, ends with its function',
    find: 'e.state.localExportedVars.push(new Set);let o=new Map,a=',
    put: 'e.state.localExportedVars.push(new Set);let kinds=["readonlyVars","integerVars","lowercaseVars","uppercaseVars"].map(k=>[k,new Set(e.state[k])]),o=new Map,a=',
  },
  {
    why: 'what a local variable is, a number or read-only, ends with its function',
    find: 'if(h)for(let[g,b]of h)b===void 0?e.state.env.delete(g):e.state.env.set(g,b);',
    put: 'if(h)for(let[g,b]of h){b===void 0?e.state.env.delete(g):e.state.env.set(g,b);for(let[k,was]of kinds)was.has(g)?e.state[k].add(g):e.state[k]?.delete(g);let a=e.state.localScopes.findLastIndex(x=>x.has(g));a<0?ic(e,g):e.state.localVarDepth?.set(g,a+1)}',
  },
  {
    why: '`export` of what is read-only fails and goes on',
    find: 'if(l!==void 0)if(st(e,a),c){let f=',
    put: 'if(l!==void 0&&un(e,a)){s+=`bash: ${a}: readonly variable\n`,i=1;continue}if(l!==void 0)if(c){let f=',
  },
  {
    why: '`let` tells what is wrong in its expression',
    find: 'let o=or(`(( ${s} ))`).statements[0];if(o&&o.pipelines.length>0&&o.pipelines[0].commands.length>0){let a=o.pipelines[0].commands[0];a.type==="ArithmeticCommand"&&(r=await Te(e,a.expression.expression))}',
    put: 'r=await Te(e,Me(new be,s).expression)',
  },
  {
    why: '`shift` refuses less than nothing',
    find: 'Number.isNaN(o)||o<0){let a=`bash: shift: ${t[0]}: numeric argument required\n`;',
    put: '!/^[-+]?\\d+$/.test(t[0])||o<0){let a=`bash: shift: ${t[0]}: ${o<0?"shift count out of range":"numeric argument required"}\n`;',
  },
  {
    why: 'what is written to a descriptor that is closed is an error of the command, told with the line of a built-in one',
    find: 'S+=`${a?"":"bash: "}${o}: write error: Bad file descriptor\n`',
    put: 'S+=e.hooks.language.located(e,{stderr:`${Bi.has(o)&&!a?"bash: ":""}${o}: write error: ${h.isFull?"No space left on device":"Bad file descriptor"}\n`}).stderr',
  },
  {
    why: '`@(…)` is a pattern of extglob only where that is set, and within `[[ … ]]`',
    find: 'if(y==="("&&u.length>0&&"@*+?!".includes(u[u.length-1])){',
    put: 'if(y==="("&&u.length>0&&"@*+?!".includes(u[u.length-1])&&(!this.strict||this.withinTest()||this.knowsExtglob())){',
  },
  {
    why: 'a list of aliases is in their order',
    find: 'if(e.length===0){let r="";for(let[s,i]of t.env)if(s.startsWith(gi)){',
    put: 'if(e.length===0||e[0]==="-p"&&e.length===1){let r="";for(let[s,i]of[...t.env].sort(([a],[b])=>a<b?-1:1))if(s.startsWith(gi)){',
  },
  {
    why: 'a here-document that the end of the text ends knows its line, for the warning',
    find: 't.redirect.target=Y.hereDoc(t.delimiter,r,t.stripTabs,t.quoted,n.heredocTerminated??!1)',
    put: 't.redirect.target=Y.hereDoc(t.delimiter,r,t.stripTabs,t.quoted,n.heredocTerminated??!1),n.heredocTerminated||(t.redirect.target.line=n.line-1)',
  },
  {
    why: '`command -v` finds if it finds any',
    find: 'return Q(s,i,o)}async function l3',
    put: 'return Q(s,i.replace(/^(?=.)/gm,"bash: command: "),s===""?o:0)}async function l3',
  },
  {
    why: 'the parts of `for ((…))` are as they are written, and three',
    find: 'e.expect(v.DPAREN_END),o[0].trim()&&',
    put: '{let d=e.tokens[e.pos],k=e._input.slice(N.end,d.start);a!==2&&e.error(`syntax error: arithmetic expression required`);let p=k.split(";");p.length===3&&(o=p)}e.expect(v.DPAREN_END),o[0].trim()&&',
  },
  {
    why: 'the parts of `for ((…))` are as they are written, and three',
    find: 'e.expect(v.DPAREN_START);let r=null,s=null,i=null,o=["","",""],a=0,l=0;',
    put: 'let N=e.expect(v.DPAREN_START);let r=null,s=null,i=null,o=["","",""],a=0,l=0;',
  },
  {
    why: 'what is missing in `[[ … ]]` is told in bash’s words',
    find: 'let s=e.advance().value,i;return s==="=~"?',
    put: 'let s=e.advance().value,i;return e.check(v.DBRACK_END)&&e.error("unexpected argument `]]\' to conditional binary operator"),s==="=~"?',
  },
  {
    why: 'what is missing in `[[ … ]]` is told in bash’s words',
    find: 'e.current().value==="="){e.advance();let s=',
    put: 'e.current().value==="="){e.advance();e.check(v.DBRACK_END)&&e.error("unexpected argument `]]\' to conditional binary operator");let s=',
  },
  {
    why: '`{` behind `function` is a name',
    find: 'if(this.advance(),this.check(v.NAME)||this.check(v.WORD))t=',
    put: 'if(this.advance(),this.check(v.NAME)||this.check(v.WORD)||this.check(v.LBRACE))t=',
  },
  {
    why: 'what is missing in `[[ … ]]` is told in bash’s words',
    find: 'if(e.advance(),e.check(v.DBRACK_END)&&e.error(`Expected operand after ${n}`)',
    put: 'if(e.advance(),e.check(v.DBRACK_END)&&e.error("unexpected argument `]]\' to conditional unary operator")',
  },
  {
    why: 'what is missing in `[[ … ]]` is told in bash’s words',
    find: 'return{type:"CondWord",word:r}}',
    put: 'return e.isWord()&&e.error("conditional binary operator expected"),{type:"CondWord",word:r}}',
  },
  {
    why: 'what is missing in `[[ … ]]` is told in bash’s words',
    find: 'this.expect(v.DBRACK_END)',
    put: '(this.check(v.DBRACK_END)||(q=>{throw new Ut(q,t.line,t.column,t)})(this.check(v.EOF)?"unexpected EOF while looking for `]]\'":"syntax error in conditional expression"+(this.isWord()?"":`: unexpected token \\`${this.check(v.NEWLINE)?"newline":this.current().value}\'`)),this.expect(v.DBRACK_END))',
  },
  {
    why: '`test -p` knows named pipes; a file is no pipe',
    find: 'case"-p":return!1;case"-S":return!1;',
    put: 'case"-p":return await e.fs.exists(r)?((await e.fs.stat(r)).mode&4096)!==0:!1;case"-S":return!1;',
  },
  {
    why: '`unset -n` takes away a reference, not what it stands for',
    find: 'if(t==="unset")return Tp(c,n);',
    put: 'if(t==="unset"){if(n[0]!=="-n")return Tp(c,n);for(let k of n.slice(1))rt(c,k)?(c.state.namerefs.delete(k),c.state.boundNamerefs?.delete(k),c.state.env.delete(k)):await Tp(c,[k]);return Fe}',
  },
  {
    why: 'a bracket that is not closed is no regular expression',
    find: 'o=oI(s),',
    put: 'o=oI(/(^|[^\\\\])\\[\\^?\\]?[^\\]]*$/.test(s.replace(/\\[:\\w+:\\]/g,"a"))?"(":s),',
  },
  {
    why: '`--help` of a program is told in the reader’s language',
    find: 'let{cmd:u,path:f}=c;t.includes("/")||',
    put: 'if(n[0]==="--help"){let H=i.hooks.language.helpText(t);if(H!==void 0)return Q(H,"",0)}if(n[0]==="--version"){let H=i.hooks.language.versionText(t);if(H!==void 0)return Q(H,"",0)}let{cmd:u,path:f}=c;t.includes("/")||',
  },
  {
    why: '`help` lays its texts out as bash does',
    find: 'let[d,p]=f;n?i+=',
    put: 'let[d,p]=f;d=e.hooks.language.synopsis(u)??d,p="    "+p.replace(/\\n(?=.)/,"\\n    \\n").replace(/\\n(?=\\n)/g,"\\n    ");n?i+=',
  },
  {
    why: '`((i -= 3))` and `((n - 1))` are arithmetic, not commands in subshells',
    find: 'if(c>l&&(u==="-"||',
    put: 'if(c>l&&u==="-"&&/^-(=|-|\\s|[\\w$(])/.test(n.slice(c))&&/^[^\\n;|&]*?\\)\\)/.test(n.slice(c))&&/^-[=\\s]|^--(?:\\)\\)|\\s*[<>=!])|^-[\\d$(]/.test(n.slice(c)))return!1;if(c>l&&(u==="-"||',
  },
  {
    why: 'where a command redirects to is found from where it was begun: `(cd dir && ls) > list`',
    find: 'let R=e.fs.resolvePath(e.state.cwd,E);A===1?h={kind:"file"',
    put: 'let R=e.fs.resolvePath(r.cwd??e.state.cwd,E);A===1?h={kind:"file"',
  },
  {
    why: 'where a command redirects to is found from where it was begun: `(cd dir && ls) > list`',
    find: 'h={kind:"file",path:e.fs.resolvePath(e.state.cwd,E),append:!1}',
    put: 'h={kind:"file",path:e.fs.resolvePath(r.cwd??e.state.cwd,E),append:!1}',
  },
  {
    why: 'where a command redirects to is found from where it was begun: `(cd dir && ls) > list`',
    find: 'h={kind:"file",path:e.fs.resolvePath(e.state.cwd,E),append:!0}',
    put: 'h={kind:"file",path:e.fs.resolvePath(r.cwd??e.state.cwd,E),append:!0}',
  },
  {
    why: 'a name that is none is told in quotes',
    find: '`mapfile: ${l}: not a valid identifier',
    put: "`mapfile: \\`${l}': not a valid identifier",
  },
  {
    why: '`${x@Q}` writes an escape character as `\\E`',
    find: 'case"	":n+="\\\\t";break;default:{let s=r.charCodeAt(0);s<32||s===127?',
    put: 'case"	":n+="\\\\t";break;case"\\x1b":n+="\\\\E";break;default:{let s=r.charCodeAt(0);s<32||s===127?',
  },
];
