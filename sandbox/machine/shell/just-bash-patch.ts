// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// What just-bash 3.4.2 lacks for a shell that people type in, as exact replacements in its browser bundle. Applied wherever the
// bundle is read (`hosts/build/bundle.ts`, `vitest.config.ts`). Each says why; each has a test in `shell.test.ts`.
import { arithmeticPatch } from './arithmetic-patch.ts';
import { builtinPatch } from './builtin-patch.ts';
import { descriptorPatch } from './descriptor-patch.ts';
import { expansionPatch } from './expansion-patch.ts';
import { languagePatch } from './language-patch.ts';
import { namerefPatch } from './nameref-patch.ts';
import { nestingPatch } from './nesting-patch.ts';
import type { Replacement } from './replacement.ts';
import { tracePatch } from './trace-patch.ts';
import { withoutUnused } from './unused-patch.ts';

const replacements: readonly Replacement[] = [
  {
    why: 'the directory, variables, functions and options of a script last until the next one; scripts within scripts begin afresh',
    find: 'let m={...this.state,env:h,',
    put: 'let m=J?Object.assign(J.state,{groupStdin:J.stdin,signal:u.signal}):s===0?Object.assign(this.state,{groupStdin:XO(u.stdin,u.stdinKind,this.limits.maxInputBytes,this.limits.maxStringLength,r,o),signal:u.signal,attached:!0,suppressVerbose:!1,loopDepth:0,callDepth:0,sourceDepth:0,inCondition:!1,localScopes:[]}):{...this.fresh(),attached:!1,env:h,',
  },
  {
    why: 'scripts within scripts begin from a shell as it was when it was made, with the environment that they are given',
    find: 'async exec(t,n){',
    put: `fresh(){return{...this.state,functions:new Map([...this.state.functions].filter(([k])=>this.state.exportedFunctions?.has(k))),options:{errexit:!1,pipefail:!1,nounset:!1,xtrace:!1,verbose:!1,posix:!1,allexport:!1,noclobber:!1,noglob:!1,noexec:!1,vi:!1,emacs:!1},localScopes:[],loopDepth:0,callDepth:0,inCondition:!1,suppressVerbose:!1,signal:void 0,lastExitCode:0}}
async runJob(J,signal){let r=new xl(this.limits,signal);try{return await this.execInScope("job",{rawScript:!0},r,0,signal,!1,!1,J)}finally{await r.close()}}
jobState(c){let e=c.state;return{...e,env:new Map(e.env),arrays:qn(e.arrays),functions:new Map(e.functions),localScopes:[...e.localScopes],options:{...e.options},shoptOptions:{...e.shoptOptions},processSubstitutions:void 0,processSubstitutionFsMounted:!1,exportedVars:new Set(e.exportedVars),attached:!0,suppressVerbose:!1,loopDepth:0,inCondition:!1}}
async exec(t,n){`,
  },
  {
    why: 'scripts within scripts know only what is exported',
    find: 'let h=u.replaceEnv?new Map:new Map(this.state.env);',
    put: 'let h=u.replaceEnv?new Map:s===0||J?new Map(this.state.env):new Map([...this.state.env].filter(([k])=>this.state.exportedVars.has(k)||/^(IFS|OPTIND|SHELLOPTS|BASHOPTS|BASH_VERSION|OSTYPE|MACHTYPE|HOSTTYPE|PPID|UID|EUID)$/.test(k)));',
  },
  {
    why: 'scripts within scripts know no functions and no options of the shell around them',
    find: 'functions:new Map(this.state.functions),localScopes:[...this.state.localScopes],options:{...this.state.options},hashTable:this.state.hashTable,groupStdin:XO(',
    put: 'hashTable:this.state.hashTable,groupStdin:XO(',
  },
  {
    why: 'a job is a statement that is parsed already',
    find: 'async execInScope(t,n,r,s,i,o=!1,a=!0){',
    put: 'async execInScope(t,n,r,s,i,o=!1,a=!0,J){',
  },
  {
    why: 'a job is a statement that is parsed already; commands can reach the shell that they run in',
    find: 'let x=or(g,{maxHeredocSize:this.limits.maxHeredocSize}),S;',
    put: 'let x=J?{statements:J.statements}:or(g,{maxHeredocSize:this.limits.maxHeredocSize}),S;',
  },
  {
    why: 'commands can reach the shell that they run in',
    find: 'let E={fs:this.fs,commands:this.commands,',
    put: 'let E={hooks:J?J.hooks:this.hooks,fs:(J??u).around?.fs??this.fs,commands:this.commands,',
  },
  {
    why: 'commands can reach the shell that they run in',
    find: 'this.ctx={state:n,fs:t.fs,',
    put: 'this.ctx={hooks:t.hooks,state:n,fs:t.fs,',
  },
  {
    why: 'a command that answers at once needs nothing that ends it: a guarded context for each takes longer than the command',
    find: 'let w=c3(m,t),y=$p(w.context,t),',
    put: 'let q=/^(?:echo|printf|true|false|test|\\[|pwd|basename|dirname|expr|seq)$/.test(t),w=q?{context:m,revoke(){}}:c3(m,t),y=q?m:$p(w.context,t),',
  },
  {
    why: 'a command that answers at once needs nothing that ends it',
    find: 'E=()=>pO(S,y,x,t,i.executionScope,i.state.signal)',
    put: 'E=()=>q?S():pO(S,y,x,t,i.executionScope,i.state.signal)',
  },
  {
    why: "bash's own commands are not looked for in PATH",
    find: 'async function Q4(e,t,n){',
    put: 'async function Q4(e,t,n){if(!n&&/^(?:echo|printf|true|false|test|\\[|pwd)$/.test(t)){let c=e.commands.get(t);if(c)return{cmd:c,path:`/usr/bin/${t}`}}',
  },
  {
    why: 'commands know whether their output is the terminal, and can write to it while they run',
    find: 'getRegisteredCommands:()=>Array.from(i.commands.keys()),sleep:i.sleep,',
    put: 'hooks:i.hooks,attached:!!i.state.attached&&!i.state.suppressVerbose,getRegisteredCommands:()=>Array.from(i.commands.keys()),sleep:i.sleep,',
  },
  {
    why: 'what a pipeline writes to the terminal is shown when it ends, not when the whole script ends',
    find: 'async executePipeline(t){return b3(this.ctx,t,(n,r)=>this.executeCommand(n,r))}',
    put: 'expandWord(w){return _e(this.ctx,w)}async executePipeline(t){let e=this.ctx,f=(n,r)=>this.executeCommand(n,r);if(!e.hooks||!e.state.attached||e.state.suppressVerbose)return b3(e,t,f);let p=t.commands.length>1;p&&(e.state.attached=!1,e.state.lastOf=t);let q;try{q=await b3(e,t,f)}finally{e.state.attached=!0}return e.hooks.write(q.stdout,q.stdoutKind==="bytes"||q.stdoutEncoding==="binary",q.stderr),{...q,stdout:"",stderr:"",stdoutKind:void 0,stdoutEncoding:void 0,internalOutputAccounting:void 0}}',
  },
  {
    why: 'what a command with redirections writes goes where they say',
    find: 'async executeCommand(t,n,r=!1){',
    put: 'async executeCommand(t,n,r=!1){let k=this.ctx.state.groupStdin;if(k!==""&&t.redirections?.some(q=>q.operator[0]==="<")&&(k===void 0||t.type==="SimpleCommand"&&t.name?.parts?.[0]?.value!=="exec"&&!t.redirections.some(q=>q.operator==="<&"||/^\\/dev\\/(?:stdin|fd)/.test(q.target.parts?.[0]?.value)))){this.ctx.state.groupStdin="";try{return await this.executeCommand(t,n,r)}finally{this.ctx.state.groupStdin=k}}if(this.ctx.state.attached&&t.redirections?.some(q=>q.operator[0]!=="<"||q.operator==="<>")){this.ctx.state.attached=!1;try{return await this.executeCommand(t,n,r)}finally{this.ctx.state.attached=!0}}',
  },
  {
    why: 'a busy loop lets messages arrive, so that Ctrl+C is heard; `command &` runs beside the shell',
    find: 'async executeStatement(t){if(',
    put: 'async executeStatement(t){let H=this.ctx.hooks;if(H){let k=H.tick();if(k&&await k,t.background&&!this.ctx.state.suppressVerbose)return H.background(t,this)}if(',
  },
  {
    why: 'the last command of a pipeline writes to the terminal; the others do not read from it',
    find: 'e.state.groupStdin=S?d:void 0,e.state.groupStdinSourceFd=S?p:void 0);',
    put: 'e.state.groupStdin=S?d:"",e.state.groupStdinSourceFd=S?p:void 0,x&&e.state.lastOf===t&&(e.state.attached=!0,l&&(e.hooks.write("",!1,l),l="",c=0)));',
  },
  {
    why: 'a command whose input nobody redirected reads what a person types',
    find: 'u=await u3(c,t,n,r,s,i,o,a,l);',
    put: 'k=s===""&&this.ctx.state.groupStdin===void 0&&this.ctx.hooks.typed?await this.ctx.hooks.typed(t,n,this.ctx.state.attached):void 0,u=await u3(c,t,n,r,k?s=k:s,i,o,a,l);',
  },
  {
    why: 'what is left of bytes when errors went elsewhere is counted as bytes: `node app.js 2>log` that wrote an accent was stopped',
    find: 'S=_(w.stdout),E=_(w.stderr),A=Math.min(S,x);',
    put: 'S=w.stdoutKind==="bytes"||w.stdoutEncoding==="binary"?w.stdout.length:_(w.stdout),E=_(w.stderr),A=Math.min(S,x);',
  },
  {
    why: '`wait` is a command of ours, for there are jobs to wait for',
    find: 'if(t==="wait")return Fe;',
    put: '',
  },
  {
    why: 'a limit is told in our words, in the reader’s language',
    find: 'super(t,r,s),this.limitType=n,this.stderr=s||`bash: ${t}\n`}',
    put: 'super(t,r,s),this.limitType=n,this.stderr=s}',
  },
  {
    why: 'whoever runs a script is told that a limit stopped it',
    find: 'if(y instanceof C)return l({stdout:y.stdout,',
    put: 'if(y instanceof C)return l({stoppedBy:y.limitType,stdout:y.stdout,',
  },
  {
    why: 'whoever runs a script is told that a limit stopped it',
    find: 'if(f instanceof C)return l({stdout:f.stdout,',
    put: 'if(f instanceof C)return l({stoppedBy:f.limitType,stdout:f.stdout,',
  },
  {
    why: 'an assignment alone ends with 0, or as the last command within it ended',
    find: 'Q("",N,this.ctx.state.lastExitCode)',
    put: 'Q("",N,JSON.stringify(t.assignments).includes(\'"CommandSubstitution"\')?this.ctx.state.lastExitCode:0)',
  },
  {
    why: 'the word that names the command is split like any other',
    find: 'let u=await _e(this.ctx,t.name),f=[],d=[],p=',
    put: 'let U=(await dr(this.ctx,t.name)).values,u=U[0]??"",f=[],d=[],p=',
  },
  {
    why: 'the word that names the command is split like any other',
    find: 'f.push(N),d.push(I)};if(Fp(t.name,',
    put: 'f.push(N),d.push(I)};for(let N of U.slice(1))p(N,!1);if(Fp(t.name,',
  },
  {
    why: '`set -e` sleeps within all that stands before && and || or after !',
    find: 'let f=await this.executePipeline(c);',
    put: 'let I=this.ctx.state.inCondition,f;(l<t.pipelines.length-1||c.negated)&&(this.ctx.state.inCondition=!0);try{f=await this.executePipeline(c)}finally{this.ctx.state.inCondition=I}',
  },
  {
    why: '`[` and `test` complain under their own name',
    find: 'f=n.slice(0,-1)}return jo(c,f)}',
    put: 'f=n.slice(0,-1)}let q=await jo(c,f);return{...q,stderr:q.stderr.replace(/^test: /,`bash: ${t}: `)}}',
  },
  {
    why: 'what the parser refuses is told in bash’s words',
    find: 'stderr:`bash: syntax error: ${Ye(y.message)}\n`',
    put: 'stderr:`bash: ${syntaxProblem(Ye(y.message))}\n`',
  },
  {
    why: 'what the parser refuses is told in bash’s words',
    find: 'var Hp=class{',
    put: 'function syntaxProblem(m){let p=m.replace(/^Parse error at \\d+:\\d+: /,"");return/got EOF$/.test(p)?"syntax error: unexpected end of file":/^syntax error|^unexpected EOF/.test(p)?p:`syntax error: ${p}`}var Hp=class{',
  },
  {
    why: '`${name:?words}` tells the name',
    find: 's(e,n.word.parts,r.inDoubleQuotes):`${t}: parameter null or not set`;throw new he(1,"",`bash: ${o}\n',
    put: 's(e,n.word.parts,r.inDoubleQuotes):"parameter null or not set";throw new he(1,"",`bash: ${t}: ${o}\n',
  },
  {
    why: 'a redirection into a folder that is not there is refused before the command runs; a slash at the end of a name is for folders alone',
    find: 'try{if(!await e.fs.exists(t))return null;if((',
    put: 'try{if(!await e.fs.exists(t)){let q=t.slice(0,t.lastIndexOf("/"))||"/";if(!await e.fs.exists(q))return`bash: ${n}: No such file or directory\n`;if(!(await e.fs.stat(q)).isDirectory)return`bash: ${n}: Not a directory\n`;if(!n.endsWith("/"))return null}if(n.endsWith("/")||(',
  },
  {
    why: 'what the files refuse (a full disk, a file too large) ends the command, not the shell',
    find: 'try{i=await this.executeCommandInner(t,n,r)}catch(a){',
    put: 'try{i=await this.executeCommandInner(t,n,r)}catch(a){if(a?.syscall&&a.code){await Ad(this.ctx,s).catch(()=>{});return K(`bash: ${a.path}: ${a.code==="ENAMETOOLONG"?"File name too long":a.message.replace(/^\\w+: (.*), \\w+ \'.*$/s,"$1").replace(/^./,v=>v.toUpperCase())}\n`)}',
  },
  {
    why: 'a folder is no program, and bash says so',
    find: 'if(a.isDirectory)return{error:"permission_denied",path:o}',
    put: 'if(a.isDirectory)return{error:"is_directory",path:o}',
  },
  {
    why: 'a folder is no program, and bash says so',
    find: 'if("error"in c)return c.error==="permission_denied"?',
    put: 'if("error"in c)return c.error==="is_directory"?K(`bash: ${t}: Is a directory\n`,126):c.error==="permission_denied"?',
  },
  {
    why: '`break` and `continue` outside a loop say that they are',
    find: 'if(t==="break")return Nd(c,n);',
    put: 'if((t==="break"||t==="continue")&&c.state.loopDepth===0&&!c.state.parentHasLoopContext)return K(`bash: ${t}: only meaningful in a \\`for\', \\`while\', or \\`until\' loop\n`,0);if(t==="break")return Nd(c,n);',
  },
  {
    why: 'what goes wrong in a subshell is told as elsewhere',
    find: ':(i.append("stderr",`${ht(a)}\n`),i.build(1))',
    put: ':(i.append("stderr",a.stderr??`${ht(a)}\n`),i.append("stdout",a.stdout??""),i.build(1))',
  },
  {
    why: '`time` measures simulated time',
    find: 'Si=performance.now.bind(performance)',
    put: 'Si=()=>Date.now()',
  },
  {
    why: 'a command that this build of just-bash leaves out is not found, as any other that is not there',
    find: 'if(!c)return n4(t)?',
    put: 'if(!c)return!1?',
  },
  {
    why: 'the terminal asks whether a line is complete, and a snapshot keeps functions as source',
    find: 'export{Hp as Bash,',
    put: 'export{or as parseScript,w7 as printCommand,Hp as Bash,',
  },
  {
    why: 'grep, sed and awk of ours match in linear time with the expressions that just-bash has already',
    find: 'ir as InMemoryFs,Li as MountableFs',
    put: 'Vr as RE2JS,C as LimitError,ir as InMemoryFs,Li as MountableFs',
  },
];

/** Commands of just-bash that we have in our own form, and two that are no part of a usual machine: their code need not be there. */
const absent =
  'awk base64 basename bash cat chmod column comm cp curl cut date diff dirname du egrep env expand expr fgrep file find fold grep gunzip gzip head help history hostname html-to-markdown join jq ln ls md5sum mkdir mv nl od paste printenv printf readlink rev rg rm rmdir sed seq sh sha1sum sha256sum sleep sort split stat tac tail timeout touch tr unexpand uniq wc whoami xargs zcat'.split(
    ' ',
  );

/**
 * Takes commands from just-bash's list, with what their modules hand out, and marks its modules as free of effects, so that a
 * bundler drops what nobody asks for.
 */
function withoutCommands(source: string): string {
  const left = new Set<string>();
  const listed = absent.reduce((text, name) => {
    const entry = new RegExp(
      `\\{name:"${name}",load:async\\(\\)=>\\(await Promise\\.resolve\\(\\)\\.then\\(\\(\\)=>\\([^)]*\\([^)]*\\),([\\w$]+)\\)\\)\\)\\.[\\w$]+\\},?`,
    );
    const [found, exports] = entry.exec(text) ?? [];
    if (found === undefined || exports === undefined) throw new Error(`just-bash has no command ${name} to leave out`);
    left.add(exports);
    return text.replace(found, '');
  }, source);
  const unasked = [...left].reduce((text, exports) => {
    const handedOut = `var ${exports}={};ae(${exports},`;
    const [before, after, ...more] = text.split(handedOut);
    // Who else asks for the module needs what it hands out.
    const isAsked = new RegExp(`(?<![\\w$])${exports.replaceAll('$', '\\$')}(?![\\w$])`).test(before + (after ?? ''));
    if (after === undefined || more.length > 0 || isAsked) return text;
    return before + after.slice(after.indexOf('});') + 3);
  }, listed);
  return unasked.replaceAll(/=(L\(\(\)|Jo\(\()/g, '=/* @__PURE__ */$1');
}

/** @throws when just-bash is not the version for which the replacements were written. */
export function patchJustBash(source: string): string {
  return [
    ...replacements,
    ...languagePatch,
    ...expansionPatch,
    ...tracePatch,
    ...arithmeticPatch,
    ...descriptorPatch,
    ...builtinPatch,
    ...nestingPatch,
    ...namerefPatch,
  ].reduce(
    (text, { why, find, put }) => {
      const [before, after, ...more] = text.split(find);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`just-bash is not 3.4.2 as expected: ${more.length + 1} places for the patch "${why}"`);
      }
      return before + put + after;
    },
    withoutCommands(withoutUnused(source)),
  );
}
