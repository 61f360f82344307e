// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where just-bash loses or misleads what commands write; `descriptors.ts` says where it goes. Corpus: `tests/fidelity/shell/language-io.yaml`.
import type { Replacement } from './replacement.ts';

export const descriptorPatch: readonly Replacement[] = [
  {
    why: 'what `$(…)` tells in the words of a loop, of `case` or of a here-string is not lost',
    find: 'this.ctx.state.expansionStderr="";let s=await t3(',
    put: 'let s=await t3(',
  },
  {
    why: 'what `$(…)` tells in a redirected group goes where the group’s errors go',
    find: 'let l=await r(i);return await fs(e,l,t,',
    put: 'let D=e.hooks.language.divert(e,t),l;try{l=await r(i);let k=e.hooks.language.arrived(e,l);k&&(l=k)}finally{D(i.targets)}return await fs(e,l,t,',
  },
  {
    why: '`exec > log; x=$(f)`: what a redirected command runs writes where that is redirected to',
    find: 'S=await this.runCommand(u,f,d,n,!1,!1,w,y)}catch(N)',
    put: 'let D=this.ctx.hooks.language.divert(this.ctx,t.redirections);try{S=await this.runCommand(u,f,d,n,!1,!1,w,y)}finally{D(b.targets)}}catch(N)',
  },
  {
    why: '`exec 3>&1; x=$(f)`: a descriptor that stands for stdout leads there from within `$(…)`, a pipe or a redirected group',
    find: '[1,o(1,{kind:"dup-out",sourceFd:1})],[2,o(2,{kind:"dup-out",sourceFd:2})]]',
    put: '[1,o(1,{kind:"dup-out",sourceFd:1,outlet:e.hooks.language.outlet(e,1)})],[2,o(2,{kind:"dup-out",sourceFd:2,outlet:e.hooks.language.outlet(e,2)})]]',
  },
  {
    why: 'a descriptor that stands for stdout keeps which it was',
    find: 'case"dup-out":return`${_d}${e.sourceFd}`;',
    put: 'case"dup-out":return`${_d}${e.sourceFd}:${e.outlet??""}`;',
  },
  {
    why: 'a descriptor that stands for stdout keeps which it was',
    find: 'if(t!==null)return{kind:"dup-out",sourceFd:t}}',
    put: 'if(t!==null){let k=e.slice(_d.length).split(":")[1];return{kind:"dup-out",sourceFd:t,...k?{outlet:Number(k)}:{}}}}',
  },
  {
    why: 'a descriptor that stands for stdout leads there',
    find: 'if(x.entry.kind==="dup-out"){if(x.entry.sourceFd===1)',
    put: 'if(x.entry.kind==="dup-out"){if(x.entry.outlet!==void 0)return outletOf$(e,x.entry);if(x.entry.sourceFd===1)',
  },
  {
    why: 'a descriptor that stands for stdout leads there',
    find: ':S.kind==="dup-out"?S.sourceFd===1?',
    put: ':S.kind==="dup-out"?S.outlet!==void 0?outletOf$(e,S):S.sourceFd===1?',
  },
  {
    why: 'a descriptor that stands for stdout leads there',
    find: 'async function fs(e,t,n,r,s=new Map,i=new Map,o="bash",a=!1){',
    put: 'function outletOf$(e,{outlet:k}){return k===e.hooks.language.outlet(e,1)?{kind:"live-stdout"}:k===e.hooks.language.outlet(e,2)?{kind:"live-stderr"}:{kind:"outlet",outlet:k}}async function fs(e,t,n,r,s=new Map,i=new Map,o="bash",a=!1){',
  },
  {
    why: '`exec 2>&1; ls /ñ`: what is told goes among bytes as bytes',
    find: 'case"live-stdout":l+=A;break;',
    put: 'case"live-stdout":l+=R||d!=="binary"?A:e.hooks.language.bytes(A);break;',
  },
  {
    why: '`exec > log 2>&1; ls /ñ`: what is told goes among bytes as bytes',
    find: '{let A=x+S;A!==""&&(h.kind==="file"',
    put: '{let A=x+(d==="binary"?e.hooks.language.bytes(S):S);A!==""&&(h.kind==="file"',
  },
  {
    why: 'a descriptor that stands for stdout leads there',
    find: 'case"live-stderr":c+=A;break;case"file":',
    put: 'case"live-stderr":c+=A;break;case"outlet":e.hooks.language.send(e,O.outlet,R?$c({...t,stdout:A}):A);break;case"file":',
  },
  {
    why: '`<(…)` writes into its file, whatever `exec` has made of stdout',
    find: 'let h;try{h=await e.executeScript(t)}',
    put: 'let h,D=e.hooks.language.divertStdout(e,n===void 0);try{h=await e.executeScript(t)}',
  },
  {
    why: '`<(…)` writes into its file, whatever `exec` has made of stdout',
    find: 'throw m}finally{e.substitutionDepth=i,e.state.env=o,e.state.arrays=a,',
    put: 'throw m}finally{D();e.substitutionDepth=i,e.state.env=o,e.state.arrays=a,',
  },
  {
    why: 'what `<(…)` gives in a job is not written over what it gave to the command around it',
    find: 'try{await e.fs.writeFile(t,n,"binary");return}catch(r){if(e.state.processSubstitutionFsMounted)throw r;BN(e)}',
    put: 'e.state.processSubstitutionFsMounted||BN(e);',
  },
  {
    why: '`> $(name)` runs its command once',
    find: 'return{target:s};let l=await Zw(e,t);if(!vr(l,',
    put: 'return{target:s};let l=o?s:await Zw(e,t);if(!vr(l,',
  },
  {
    why: '`$(< file)` says that there is no file',
    find: 'catch(p){if(p instanceof C)throw p;return e.state.lastExitCode=1,e.state.env.set("?","1"),""}',
    put: 'catch(p){if(p instanceof C)throw p;let k=await _e(e,s.target);if(await e.fs.exists(e.fs.resolvePath(e.state.cwd,k)))return e.state.lastExitCode=0,e.state.env.set("?","0"),"";return e.state.expansionStderr=(e.state.expansionStderr||"")+e.hooks.language.located(e,{stdout:"",stderr:`bash: ${k}: No such file or directory\n`,exitCode:1}).stderr,e.state.lastExitCode=1,e.state.env.set("?","1"),""}',
  },
];
