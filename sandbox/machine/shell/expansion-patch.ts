// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where just-bash's words, arrays and built-in commands are not bash's. Corpus: `tests/fidelity/shell/language-*.yaml`.
import type { Replacement } from './replacement.ts';

export const expansionPatch: readonly Replacement[] = [
  {
    why: '`$!` is empty until something runs in the background',
    find: 'case"!":return String(e.state.lastBackgroundPid);',
    put: 'case"!":return String(e.state.lastBackgroundPid||"");',
  },
  {
    why: '`${!}` and `${!:-}` are of `$!`',
    find: 't[s]==="!"&&(i=!0,s++);let o=!1;',
    put: 't[s]==="!"&&!/[}:+=]/.test(t[s+1]??"")&&(i=!0,s++);let o=!1;',
  },
  {
    why: 'white space at either end of a value ends the word beside it: `a=" b "; echo x${a}y`',
    find: '$l(d.value,n,e.limits.maxArrayElements);if(f&&h&&l===""&&(en(e,a,""),c=!0),p.length===0)',
    put: '$l(d.value,n,e.limits.maxArrayElements);if(l!==""&&d.value!==""&&(u||h)&&(en(e,a,l),l="",c=!1),u=!1,f&&h&&l===""&&(en(e,a,""),c=!0),p.length===0)',
  },
  {
    why: 'the keys of an associative array come in the order of bash’s hash table (hashlib.c: FNV-1, 1024 buckets, newest first)',
    find: 'function Ar(e,t){return Array.from(Bt(e,t)?.elements.keys()??[]).sort()}',
    put: 'function bucketOf(k){let h=2166136261;for(let b of new TextEncoder().encode(k))h=Math.imul(h,16777619)^b;return h&1023}function Ar(e,t){return Array.from(Bt(e,t)?.elements.keys()??[]).map((k,i)=>({k,i,b:bucketOf(String(k))})).sort((x,y)=>x.b-y.b||y.i-x.i).map(x=>x.k)}',
  },
  {
    why: 'associative arrays are shown as bash shows them',
    find: "function sp(e){return Tt(e)}function ip(e){return`'${e.replace(/'/g,\"'\\\\''\")}'`}",
    put: 'function sp(e){return ds(e)}function ip(e){return/[^\\w.,:\\/@%+=-]/.test(e)?ds(e):e}',
  },
  {
    why: 'associative arrays are shown as bash shows them',
    find: 'n+=`declare -A ${i}=(${f.join(" ")})',
    put: 'n+=`declare -A ${i}=(${f.join(" ")} )',
  },
  {
    why: 'associative arrays are shown as bash shows them',
    find: 'l+=`declare -A ${f}=(${w.join(" ")})',
    put: 'l+=`declare -A ${f}=(${w.join(" ")} )',
  },
  {
    why: 'a reference stands for the array that it names',
    find: 'function xe(e,t){return t==="FUNCNAME"',
    put: 'function named(e,t){return rt(e,t)&&/^\\w+$/.test(cn(e,t)??"")?cn(e,t):t}function xe(e,t){t=named(e,t);return t==="FUNCNAME"',
  },
  {
    why: 'a reference stands for the array that it names',
    find: 'function lr(e,t){return t==="FUNCNAME"',
    put: 'function lr(e,t){t=named(e,t);return t==="FUNCNAME"',
  },
  {
    why: 'a reference stands for the array that it names',
    find: 'async function sO(e,t,n,r,s,i){let o="";',
    put: 'async function sO(e,t,n,r,s,i){n=named(e,n);let o="";',
  },
  {
    why: '`${name[key]:-words}` in arithmetic is expanded as anywhere',
    find: 'async function Gl(e,t){if(t.startsWith("#")){',
    put: 'async function Gl(e,t){return _e(e,new be().parseWordFromString("${"+t+"}",!1,!1));if(t.startsWith("#")){',
  },
  {
    why: 'a subscript may be `$((…))` or `${#name[@]}`',
    find: 'async function hd(e,t){let n=t,',
    put: 'async function hd(e,t){if(/[$`]/.test(t))return _e(e,new be().parseWordFromString(t,!1,!1));let n=t,',
  },
  {
    why: '`${#@}` counts the arguments',
    find: 'function q7(e,t,n){e.coverage?.hit("bash:expansion:length");',
    put: 'function q7(e,t,n){if(t==="@"||t==="*")return e.state.env.get("#")??"0";',
  },
  {
    why: '`${name?}` and `${name:?}` say what is wrong',
    find: 'let o=n.word?await s(e,n.word.parts,r.inDoubleQuotes):"parameter null or not set";',
    put: 'let o=(n.word?await s(e,n.word.parts,r.inDoubleQuotes):"")||(n.checkEmpty?"parameter null or not set":"parameter not set");',
  },
  {
    why: '`$2: unbound variable`, with its dollar',
    find: 'super(`${t}: unbound variable`,n,`bash: ${t}: unbound variable\n`)',
    put: 'super(`${t}: unbound variable`,n,`bash: ${/^\\d/.test(t)?"$":""}${t}: unbound variable\n`)',
  },
  {
    why: 'the time in seconds, and where bash is',
    find: 'case"BASH_VERSION":return T6;',
    put: 'case"BASH_VERSION":return T6;case"EPOCHSECONDS":return String(Math.floor(Date.now()/1e3));case"BASH":return"/bin/bash";',
  },
  {
    why: 'a redirection to an empty value is refused',
    find: 'if(ot(s,f,e.limits.maxArrayElements).length>1)return{error:`bash: $${GN(n)}',
    put: 'if(ot(s,f,e.limits.maxArrayElements).length!==1)return{error:`bash: $${GN(n)}',
  },
  {
    why: '`[` says its name',
    find: 'return K("[: missing `]\'\\n",2)',
    put: 'return K("bash: [: missing `]\'\\n",2)',
  },
  {
    why: '`shift` beyond the last argument fails without a word',
    find: 'if(e.state.options.posix)throw new dn(1,"",o);return K(o)}if(n===0)',
    put: 'if(e.state.options.posix)throw new dn(1,"",o);return K("")}if(n===0)',
  },
  {
    why: '`cd` takes one folder; `cd -` before any other has nowhere to go',
    find: 'let o=t.slice(i);if(o.length===0||o[0]==="~"?n=e.state.env.get("HOME")||"/":o[0]==="-"?(n=e.state.previousDir,r=!0)',
    put: 'let o=t.slice(i);if(o.length>1)return K("bash: cd: too many arguments\\n");if(o[0]==="-"&&!e.state.env.get("OLDPWD"))return K("bash: cd: OLDPWD not set\\n");if(o.length===0||o[0]==="~"?n=e.state.env.get("HOME")||"/":o[0]==="-"?(n=e.state.env.get("OLDPWD"),r=!0)',
  },
  {
    why: '`cd` asks for the folder once, and for each that `..` leaves: asking for every folder on the way grows with the cube of the depth',
    find: 'c=c.split("/").slice(0,-1).join("/")||"/";else{c=c?`${c}/${f}`:`/${f}`;try{if(!(await e.fs.stat(c)).isDirectory)return K(`bash: cd: ${n}: Not a directory\n`)}catch{return K(`bash: cd: ${n}: No such file or directory\n`)}}let u=c||"/";',
    put: '{let x=await q();if(x)return x;c=c.slice(0,Math.max(0,c.lastIndexOf("/")))}else c+="/"+f;let x=await q();if(x)return x;let u=c||"/";',
  },
  {
    why: 'the question that `cd` asks',
    find: '.split("/").filter(f=>f&&f!=="."),c="";for(let f of l)if(f==="..")',
    put: '.split("/").filter(f=>f&&f!=="."),c="",q=async()=>{try{if((await e.fs.stat(c||"/")).isDirectory)return}catch(x){if(x.code!=="ENOTDIR")return K(`bash: cd: ${n}: ${x.code==="ELOOP"?"Too many levels of symbolic links":"No such file or directory"}\n`)}return K(`bash: cd: ${n}: Not a directory\n`)};for(let f of l)if(f==="..")',
  },
  {
    why: 'the elements of `declare -A name=(…)` stay words, and are not read again out of a text that has lost half of them',
    find: 'h=`${f}=(${p.join(" ")})`;s.push(e.parseWordFromString(h,!1,!1,!0))',
    put: 'h=`${f}=(${p.join(" ")})`,k=e.parseWordFromString(h,!1,!1,!0);k.arrayName=f;k.elements=d;s.push(k)',
  },
  {
    why: 'the elements of `declare -A name=(…)` keep their spaces, quotes and substitutions',
    find: 'async function e4(e,t){',
    put: `async function e4(e,t){if(t.elements){let q=x=>"'"+x.replace(/[\\\\']/g,"\\\\$&")+"'",o=[];for(let l of t.elements){let c=Lf(l);if(c){let v=c.valueParts.length>0?await _e(e,{type:"Word",parts:c.valueParts}):"";c.valueParts.every(m=>m.type==="Literal"||m.type==="TildeExpansion")&&(v=rs(e,v));o.push("["+q(c.key)+"]"+(c.append?"+":"")+"="+q(v))}else for(let v of(await dr(e,l)).values){let g=/^\\[([^\\]]*)\\](\\+?)=(.*)$/s.exec(v);o.push(g?"["+q(g[1])+"]"+g[2]+"="+q(g[3]):q(v))}}return t.arrayName+"=("+o.join(" ")+")"}`,
  },
  {
    why: '`$(…)` within arithmetic knows the variables, functions and arguments around it',
    find: 'case"ArithCommandSubst":{if(e.execFn){let i=await e.execFn(t.command,{signal:e.state.signal});i.stderr&&(e.state.expansionStderr=(e.state.expansionStderr||"")+i.stderr);let o=i.stdout.trim();return Number.parseInt(o,10)||0}return 0}',
    put: 'case"ArithCommandSubst":{let i=await _e(e,new be().parseWordFromString("$("+t.command+")",!1,!1)),o=i.trim();if(o==="")return 0;if(/^-?[1-9]\\d*$|^0$/.test(o))return Number(o);let{expr:c}=$i(new be,o,0);return await s(c)}',
  },
  {
    why: '`$(…)` within arithmetic knows the variables, functions and arguments around it',
    find: 'case"ArithCommandSubst":return e.execFn?(await e.execFn(t.command,{signal:e.state.signal})).stdout.trim():"0";',
    put: 'case"ArithCommandSubst":return(await _e(e,new be().parseWordFromString("$("+t.command+")",!1,!1))).trim();',
  },
  {
    why: 'quotes within `$(…)` within arithmetic belong to the command',
    find: 'function Me(e,t){let n=uk(t),',
    put: 'function uq(t){let n="",q="";for(let i=0;i<t.length;)if(t.startsWith("$(",i)&&t[i+2]!=="("){let j=past$(t,i);n+=uk(q)+t.slice(i,j);q="";i=j}else q+=t[i++];return n+uk(q)}function Me(e,t){let n=uq(t),',
  },
  {
    why: '"${@:-default}" stays as many words as there are arguments',
    find: 'async function ow(e,t){',
    put: 'async function ow(e,t){let dp=t.length===1&&t[0].type==="DoubleQuoted"&&t[0].parts.length===1&&t[0].parts[0];if(dp&&dp.type==="ParameterExpansion"&&dp.parameter==="@"&&/^(DefaultValue|AssignDefault|UseAlternative)$/.test(dp.operation?.type)){let c=[];for(let x=1;x<=Number(e.state.env.get("#")??0);x++)c.push(e.state.env.get(String(x))??"");let f=c.length===0||dp.operation.checkEmpty&&c.length===1&&c[0]==="";if(dp.operation.type==="UseAlternative"){if(f)return{values:[],quoted:!0}}else if(!f)return{values:c,quoted:!0}}',
  },
  {
    why: '"${name[@]^}" changes each element and keeps them apart; "${name[*]^}" changes each and joins them',
    find: 'async function NN(e,t,n,r,s,i){',
    put: 'async function NN(e,t,n,r,s,i){let cm=t.length===1&&t[0].type==="DoubleQuoted"&&t[0].parts.length===1&&t[0].parts[0];if(cm&&cm.type==="ParameterExpansion"&&cm.operation?.type==="CaseModification"){let m=/^(\\w+)\\[[@*]\\]$/.exec(cm.parameter),k=m?xe(e,m[1]).map(([x])=>m[1]+"["+x+"]"):/^[@*]$/.test(cm.parameter)?Array.from({length:Number(e.state.env.get("#")??0)},(x,y)=>String(y+1)):null;if(k){let v=[];for(let x of k)v.push(await i.expandPart(e,{...cm,parameter:x}));return{values:cm.parameter.includes("*")?[v.join((e.state.env.get("IFS")??" ").slice(0,1))]:v,quoted:!0}}}',
  },
  {
    why: '`type name` shows functions as bash lays them out',
    find: 'function r3(e,t){let n;return t.body.type==="Group"?n=t.body.body.map(s=>Qo(s)).join("; "):n=Qo(t.body),`${e} is a function\n${e} () \n{ \n    ${n}\n}\n`}',
    put: 'function r3(e,t,c){return`${e} is a function\n${c.hooks.language.functionText(e,t)}`}',
  },
  {
    why: '`type name` shows functions as bash lays them out',
    find: 'if(a&&b){if(!i)if(s)u+=`function\n`;else{let E=e.state.functions.get(m),A=E?r3(m,E)',
    put: 'if(a&&b){if(!i)if(s)u+=`function\n`;else{let E=e.state.functions.get(m),A=E?r3(m,E,e)',
  },
  {
    why: '`type name` shows functions as bash lays them out',
    find: 'if(!a&&b&&!g){if(!i)if(s)u+=`function\n`;else{let E=e.state.functions.get(m),A=E?r3(m,E)',
    put: 'if(!a&&b&&!g){if(!i)if(s)u+=`function\n`;else{let E=e.state.functions.get(m),A=E?r3(m,E,e)',
  },
  {
    why: '`declare -f name` shows functions',
    find: 'if(t==="declare"||t==="typeset")return cp(c,n);',
    put: 'if((t==="declare"||t==="typeset")&&n[0]==="-f"){let f=n.length>1?n.slice(1):[...c.state.functions.keys()].sort(),g=f.map(x=>c.state.functions.get(x));return Q(g.map((x,i)=>x?c.hooks.language.functionText(f[i],x):"").join(""),"",g.every(Boolean)?0:1)}if(t==="declare"||t==="typeset")return cp(c,n);',
  },
  {
    why: 'what fails within a line is told at once where a person reads along',
    find: 'let q;try{q=await b3(e,t,f)}finally{e.state.attached=!0}',
    put: 'let q;try{q=await b3(e,t,f)}catch(x){e.state.attached=!0;if(x.internalOutputAccounting&&!(x instanceof He)&&(x.stdout||x.stderr)){e.hooks.language.locateError(e,x);e.hooks.write(x.stdout,!1,x.stderr);x.stdout=x.stderr="";x.internalOutputAccounting={stdout:0,stderr:0}}throw x}finally{e.state.attached=!0}',
  },
  {
    why: '`shopt` in bash’s columns',
    find: '`${b}\t\t${w?"on":"off"}`',
    put: '`${b.padEnd(15)}\t${w?"on":"off"}`',
  },
  {
    why: '`shopt` in bash’s columns',
    find: '`${g}\t\t${b?"on":"off"}`',
    put: '`${g.padEnd(15)}\t${b?"on":"off"}`',
  },
  {
    why: 'the line of a command in `$(…)` is counted from where it stands',
    find: 'executeSimpleCommandInner(t,n,r){if(t.line!==void 0&&!this.ctx.state.trapping&&(this.ctx.state.currentLine=t.line)',
    put: 'executeSimpleCommandInner(t,n,r){if(t.line!==void 0&&!this.ctx.state.trapping&&(this.ctx.state.currentLine=t.line+(this.ctx.state.linesBefore??0))',
  },
  {
    why: 'the line of a command in a function is counted from the beginning of its file',
    find: 'async function pc(e,t,n,r="",s,i=!1){',
    put: 'async function pc(e,t,n,r="",s,i=!1){let L=e.state.linesBefore;e.state.linesBefore=0;',
  },
  {
    why: 'the line of a command in a function is counted from the beginning of its file',
    find: 'e.state.currentLine=e.state.callLineStack?.shift()??e.state.currentLine,',
    put: 'e.state.linesBefore=L,e.state.currentLine=e.state.callLineStack?.shift()??e.state.currentLine,',
  },
  {
    why: 'an unset variable under `set -u` or a wrong expression ends a loop and what stands around it',
    find: 'if(e instanceof _t||e instanceof Yt||e instanceof he||e instanceof C)return e.prependOutput(t,n),',
    put: 'if(e instanceof _t||e instanceof Yt||e instanceof he||e instanceof C||e instanceof Jt||e instanceof Ge||e instanceof nn||e instanceof He)return e.prependOutput?.(t,n),',
  },
  {
    why: 'after a wrong expression the rest of its line is left out',
    find: 'let n=0,r=new hn(this.ctx.executionScope,"script");for(let s of t.statements)try{',
    put: 'let n=0,skipped=0,r=new hn(this.ctx.executionScope,"script");for(let s of t.statements)try{if(skipped&&(lineOf$(s)??0/0)+(this.ctx.state.linesBefore??0)===skipped)continue;skipped=0;',
  },
  {
    why: 'after a wrong expression the rest of its line is left out',
    find: 'r.appendResult(i,$c(i)),n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n))}catch(i){if(i instanceof he)',
    put: 'r.appendResult(i,$c(i)),n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n))}catch(i){(i instanceof Ge||i instanceof nn)&&(skipped=this.ctx.state.currentLine);if(i instanceof he)',
  },
  {
    why: '`((…))` says what is wrong in bash’s words',
    find: 'return K(`bash: arithmetic expression: ${n.message}\n`)',
    put: 'return K(this.ctx.hooks.language.arithmeticError(this.ctx,n,O,"((: ").stderr)',
  },
  {
    why: '`let` says what is wrong in bash’s words',
    find: 'return K(`bash: let: ${s}: ${i.message}\n`)',
    put: 'return K(e.hooks.language.arithmeticError(e,i,s,"let: ").stderr)',
  },
  {
    why: 'an option without a value leaves OPTARG unset',
    find: 'if(e.state.env.set("OPTARG",""),l>a.length)',
    put: 'if(e.state.env.delete("OPTARG"),l>a.length)',
  },
  {
    why: '`${name@Q}` in single quotes, as bash writes it',
    find: 'function ts(e){if(e==="")return"\'\'";if(/[\\n\\r\\t\\x00-\\x1f\\x7f\']/.test(e)){',
    put: "function ts(e){if(e===\"\")return\"''\";if(!/[\\x00-\\x1f\\x7f]/.test(e))return`'${e.replace(/'/g,\"'\\\\''\")}'`;if(/[\\n\\r\\t\\x00-\\x1f\\x7f']/.test(e)){",
  },
  {
    why: '`set -o` refuses what is no option in one line',
    find: 'let a=`bash: set: ${o}: invalid option name\n${Ko}`;if(e.state.options.posix)throw new dn(1,"",a);return K(a)}',
    put: 'return K(`bash: set: ${o}: invalid option name\n`,2)}',
  },
  {
    why: '`set` refuses what is no option in two lines',
    find: 'let u=`bash: set: ${i[0]}${c}: invalid option\n${Ko}`;if(e.state.options.posix)throw new dn(1,"",u);return K(u)}',
    put: 'return K(`bash: set: ${i[0]}${c}: invalid option\nset: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n`,2)}',
  },
  {
    why: '`name (word` is refused at the word',
    find: 'else if(e.check(v.LPAREN))e.error("syntax error near unexpected token `(\'");else break;',
    put: 'else if(e.check(v.LPAREN))e.error(`syntax error near unexpected token \\`${s.length===0&&r&&e.peek(1).value||"("}\'`);else break;',
  },
  {
    why: 'a place in the stack of calls may be computed',
    find: 'if(o==="FUNCNAME"){let f=Number.parseInt(a,10);',
    put: 'if(o==="FUNCNAME"){let f=e.state.callDepth>0?await callIndex(e,a):NaN;',
  },
  {
    why: 'a place in the stack of calls may be computed',
    find: 'if(o==="BASH_LINENO"){let f=Number.parseInt(a,10);',
    put: 'if(o==="BASH_LINENO"){let f=await callIndex(e,a);',
  },
  {
    why: 'a place in the stack of calls may be computed',
    find: 'if(o==="BASH_SOURCE"){let f=Number.parseInt(a,10);',
    put: 'if(o==="BASH_SOURCE"){let f=await callIndex(e,a);',
  },
  {
    why: 'a place in the stack of calls may be computed; outside functions there is none',
    find: 't=named(e,t);return t==="FUNCNAME"?(e.state.funcNameStack??[]).map(',
    put: 't=named(e,t);return t==="FUNCNAME"?(e.state.callDepth>0?e.state.funcNameStack??[]:[]).map(',
  },
  {
    why: 'a place in the stack of calls may be computed',
    find: 'function bucketOf(k){',
    put: 'function lineOf$(n){if(n===null||typeof n!="object")return;if(typeof n.line=="number")return n.line;for(let k of Object.values(n)){let l=lineOf$(k);if(l!==void 0)return l}}async function callIndex(e,a){if(/^\\d+$/.test(a))return Number(a);try{return await Te(e,Me(new be,a).expression)}catch{return NaN}}function bucketOf(k){',
  },
  {
    why: 'a read-only variable ends the line, not the shell',
    find: '`${n}: ${t}: readonly variable\n`;throw new he(1,"",r)}return null}',
    put: '`${n}: ${t}: readonly variable\n`;throw Object.assign(new Ge("",void 0,r),{isReadonly:!0})}return null}',
  },
  {
    why: 'of a built-in command it ends nothing but that command',
    find: 'u=await u3(c,t,n,r,k?s=k:s,i,o,a,l);',
    put: 'u=await u3(c,t,n,r,k?s=k:s,i,o,a,l).catch(q=>{if(!q.isReadonly||!/^(?:declare|typeset|local|readonly|read|printf|mapfile|readarray)$/.test(t))throw q;return Q("",/^(?:[dl]|ty)/.test(t)?q.stderr.replace(":",`: ${t}:`):q.stderr,1)});',
  },
  {
    why: '`return` in a pipeline of several commands or in a substitution ends that, not the function',
    find: 'else if(I instanceof he&&t.commands.length>1)R=',
    put: 'else if((I instanceof he||I instanceof _t&&E)&&t.commands.length>1)R=',
  },
  {
    why: '`return` in a pipeline of several commands or in a substitution ends that, not the function',
    find: 'if(p instanceof he){e.state.lastExitCode=p.exitCode,',
    put: 'if(p instanceof he||p instanceof _t){e.state.lastExitCode=p.exitCode,',
  },
  {
    why: '`local` with attributes is `declare` within a function',
    find: 't==="local")return xp(c,n);',
    put: 't==="local")return/^-\\w*[Ailurx]/.test(n[0]??"")&&c.state.localScopes.length>0?cp(c,n):xp(c,n);',
  },
  {
    why: 'options of `mapfile` may hold their value',
    find: 'if(t==="mapfile"||t==="readarray")return Ep(c,n,s);',
    put: 'if(t==="mapfile"||t==="readarray")return Ep(c,n.flatMap(x=>/^-t?[dnsuOcC]./.test(x)?x.replace(/^-t/,"-t\\0-").replace(/(-[dnsuOcC])/,"$1\\0").split("\\0"):[x]),s);',
  },
  {
    why: '`type` says of a program that has run that its place is remembered',
    find: 'else if(!g){let E=await n(m);E&&(i?u+=`${E}\n`:s?u+=`file\n`:u+=`${m} is ${E}\n`',
    put: 'else if(!g){let E=await n(m);E&&(i?u+=`${E}\n`:s?u+=`file\n`:u+=e.state.hashTable?.has(m)?`${m} is hashed (${E})\n`:`${m} is ${E}\n`',
  },
  {
    why: '`*/` matches directories only, and keeps its slash',
    find: 'async expandSimple(t){let n=t.startsWith("/")',
    put: 'async expandSimple(t){if(/[^/]\\/+$/.test(t)&&this.hasGlobChars(t)){let all=await this.expandSimple(t.replace(/\\/+$/,"")),dirs=[];for(let c of all)try{(await this.fs.stat(this.fs.resolvePath(this.cwd,c))).isDirectory&&dirs.push(c+"/")}catch{}return dirs}let n=t.startsWith("/")',
  },
  {
    why: '`~+` is where the shell is, `~-` where it was',
    find: 'if(t==="~"||t.startsWith("~/"))return n+t.slice(1);let r=1;',
    put: 'if(t==="~"||t.startsWith("~/"))return n+t.slice(1);if(/^~[+-](?:\\/|$)/.test(t)){let w=e.state.env.get(t[1]==="+"?"PWD":"OLDPWD");return w===void 0?t:w+t.slice(2)}let r=1;',
  },
  {
    why: 'a link to a directory is gone through as the directory: `*/*`',
    find: 'i.length===0?l.push(Promise.resolve([h])):d.isDirectory&&l.push(this.expandSegments(p,h,i))',
    put: 'i.length===0?l.push(Promise.resolve([h])):(d.isDirectory||d.isSymbolicLink)&&l.push(this.expandSegments(p,h,i))',
  },
  {
    why: 'brackets in patterns of `case` and `[[`: `[!x]`, `[]x]`, `[a]]`',
    find: 'else if(s==="["){let i=e.indexOf("]",r+1);i!==-1?(n+=e.slice(r,i+1),r=i):n+="\\\\["}else/[\\\\^$.|+(){}]/.test(s)?n+=`\\\\${s}`:n+=s}return n}function c4',
    put: 'else if(s==="["){let j=r+1,N=e[j]==="!"||e[j]==="^",w="";N&&j++;for(let first=j;j<e.length&&(e[j]!=="]"||j===first);j++){let k=e.startsWith("[:",j)?e.indexOf(":]",j):-1;if(k>0){w+=e.slice(j,k+2);j=k+1}else if(e[j]==="\\\\"&&j+1<e.length)w+="\\\\"+e[++j];else w+=/[[\\]^]/.test(e[j])?"\\\\"+e[j]:e[j]}e[j]==="]"?(n+=(N?"[^":"[")+w+"]",r=j):n+="\\\\["}else/[\\\\^$.|+(){}]/.test(s)?n+=`\\\\${s}`:n+=s}return n}function c4',
  },
  {
    why: 'what is quoted within a pattern of `case` stands for itself',
    find: 'let u=await _e(e,c);Vw(c)&&(u=On(u));',
    put: 'let u=Vw(c)?On(await _e(e,c)):await qw(e,c);',
  },
  {
    why: 'a backslash that is quoted within a pattern stands for itself',
    find: 'if(r.type==="Escaped"){let s=r.value;"()|*?[]".includes(s)',
    put: 'if(r.type==="Escaped"){let s=r.value;"()|*?[]\\\\".includes(s)',
  },
  {
    why: '`${name~~}` turns the case of letters round',
    find: 'if(o==="^"||o===","){let l=a===o,c=o==="^"?"upper":"lower";',
    put: 'if(o==="^"||o===","||o==="~"){let l=a===o,c=o==="^"?"upper":o==="~"?"toggle":"lower";',
  },
  {
    why: '`${name~~}` turns the case of letters round',
    find: 'async function K7(e,t,n,r,s){',
    put: 'async function K7(e,t,n,r,s){if(n.direction==="toggle"&&!n.pattern){let q=c=>c===c.toLowerCase()?c.toUpperCase():c.toLowerCase();return n.all?[...t].map(q).join(""):q(t.charAt(0))+t.slice(1)}',
  },
  {
    why: '`${name~~}` turns the case of letters round',
    find: 'if(!/[:\\-+=?#%/^,@[]/.test(u))',
    put: 'if(!/[:\\-+=?#%/^,@[~]/.test(u))',
  },
  {
    why: '`PATH=$PATH:~/bin`: a tilde after a colon is the home folder',
    find: 'let o=s.value?await _e(e,s.value):"";',
    put: 'let o=s.value?await _e(e,{...s.value,parts:s.value.parts.map(p=>p.type==="Literal"&&p.value.includes(":~")?{...p,value:p.value.replace(/:~(?=[/:]|$)/g,()=>":"+(e.state.env.get("HOME")??"~"))}:p)}):"";',
  },
  {
    why: '`${x//%/y}`: after two slashes nothing is an anchor',
    find: 'let c=null;t[i]==="#"?(c="start",i++):t[i]==="%"&&(c="end",i++);let u;',
    put: 'let c=null;l||(t[i]==="#"?(c="start",i++):t[i]==="%"&&(c="end",i++));let u;',
  },
  {
    why: '`export name` gives no value to what has none',
    find: 'e.state.env.has(a)||e.state.env.set(a,"");ur(e,a)',
    put: '0;ur(e,a)',
  },
  {
    why: '`getopts` begins with the first argument where OPTIND has no value',
    find: 'let l=Number.parseInt(e.state.env.get("OPTIND")||"1",10);l<1&&(l=1);',
    put: 'let l=Number.parseInt(e.state.env.get("OPTIND")||"1",10);l<1&&(l=1);e.state.env.get("OPTIND")||e.state.env.set("OPTIND","1");',
  },
  {
    why: 'what is exported and has no value is listed without one',
    find: 'u!==void 0&&(o+=`declare -x ${c}=${Go(u)}\n`)',
    put: 'o+=u===void 0?`declare -x ${c}\n`:`declare -x ${c}=${Go(u)}\n`',
  },
  {
    why: 'what is exported and has no value is declared all the same',
    find: 'let u=e.state.declaredVars?.has(i),f=e.state.localVarDepth?.has(i);',
    put: 'let u=e.state.declaredVars?.has(i)||e.state.exportedVars?.has(i),f=e.state.localVarDepth?.has(i);',
  },
  {
    why: '`${a[@]@k}` and `${a[@]@K}` give keys with their values',
    find: 'i=s[1],o=s[2]==="*",a=r.operation,l=xe(e,i);',
    put: 'i=s[1],o=s[2]==="*",a=r.operation,l=xe(e,i);if(l.length>0&&/[kKA]/.test(a.operator)){let q=a.operator==="A"?[`declare -${ns(e,i)} ${i}=(${l.map(([k,v])=>`[${k}]=${ds(v)}`).join(" ")}${e.state.arrays?.get(i)?.kind==="associative"?" ":""})`]:a.operator==="K"?[l.map(([k,v])=>`${k} "${v.replace(/["$`\\\\]/g,"\\\\$&")}"`).join(" ")+(e.state.arrays?.get(i)?.kind==="associative"?" ":"")]:l.flatMap(([k,v])=>[String(k),v]);return{values:o?[q.join(Ne(e.state.env))]:q,quoted:!0}}',
  },
  {
    why: '`shopt` lays its table out in a column of 15',
    find: '${w}\t\ton`):i&&!y&&b.push(o?`shopt -u ${w}`:`${w}\t\toff`)}',
    put: '${w.padEnd(15)}\ton`):i&&!y&&b.push(o?`shopt -u ${w}`:`${w.padEnd(15)}\toff`)}',
  },
  {
    why: '`shopt` lays its table out in a column of 15',
    find: '${m}\t\t${y?"on":"off"}`,h,o),y||',
    put: '${m.padEnd(15)}\t${y?"on":"off"}`,h,o),y||',
  },
  {
    why: '`**` stands for folders too, with and without what follows it',
    find: 'async expandRecursive(t){let n=[],r=t.indexOf("**"),',
    put: 'async expandRecursive(t){let at=t.indexOf("**"),start=t.slice(0,at),rest=t.slice(at+2),found=new Set,bases=this.hasGlobChars(start)?await this.expandSimple(start):[start];for(let base of bases){let all=[],walk=async d=>{this.checkOpsLimit();let l;try{l=await this.fs.readdirWithFileTypes(this.fs.resolvePath(this.cwd,d||"."))}catch{return}for(let{name:f,isDirectory:g}of l)if(f[0]!=="."||this.dotglob)all.push([d+f,g]),g&&await walk(`${d}${f}/`)};await walk(base);let folders=[base,...all.filter(f=>f[1]).map(f=>f[0]+"/")];if(rest===""||rest==="/")for(let f of[...folders.slice(0,1).filter(Boolean),...rest===""?all.map(f=>f[0]):folders.slice(1)])found.add(f);else for(let f of folders){let p=f+rest.slice(1);if(p.includes("**")||this.hasGlobChars(rest))for(let q of await(p.includes("**")?this.expandRecursive(p):this.expandSimple(p)))found.add(q);else await this.fs.exists(this.fs.resolvePath(this.cwd,p))&&found.add(p)}}return[...found].sort()}async expandAsBefore(t){let n=[],r=t.indexOf("**"),',
  },
  {
    why: '`x="${a[*]}"` puts the first letter of IFS between the values',
    find: 'if(a==="@"||a==="*"){let f=xe(e,o);if(f.length>0)return f.map(([,p])=>p).join(" ");',
    put: 'if(a==="@"||a==="*"){let f=xe(e,o);if(f.length>0)return f.map(([,p])=>p).join(a==="*"?Ne(e.state.env):" ");',
  },
  {
    why: 'a part of `"$*"` has the first letter of IFS between its words',
    find: 'return d.slice(p,Math.max(p,h)).join(" ")}return d.slice(p).join(" ")',
    put: 'return d.slice(p,Math.max(p,h)).join(t==="*"?Ne(e.state.env):" ")}return d.slice(p).join(t==="*"?Ne(e.state.env):" ")',
  },
  {
    why: 'a part of `"${a[*]}"` has the first letter of IFS between its values',
    find: 'return u.slice(f,f+i).map(([,d])=>d).join(" ")}return u.slice(f).map(([,d])=>d).join(" ")',
    put: 'return u.slice(f,f+i).map(([,d])=>d).join(t.endsWith("[*]")?Ne(e.state.env):" ")}return u.slice(f).map(([,d])=>d).join(t.endsWith("[*]")?Ne(e.state.env):" ")',
  },
  {
    why: 'a word with braces may hold spaces in quotes: `{a,b}" "{c,d}`',
    find: 'if(c==="{"){if(this.scanBraceExpansion(o)!==null){',
    put: 'if(c==="\\\\"){o+=2,a+=2;continue}if(c==="\'"||c===\'"\'){for(o++,a++;o<i&&s[o]!==c;o++,a++)c===\'"\'&&s[o]==="\\\\"&&(o++,a++);o++,a++;continue}if(c==="{"){if(this.scanBraceExpansion(o)!==null){',
  },
  {
    why: '`${n@A}` says what the variable was declared to be',
    find: 'case"A":return r?"":`${t}=${ts(n)}`;',
    put: 'case"A":{let q=ns(e,t);return r?"":`${q===""?"":`declare -${q} `}${t.replace(/\\[.*$/,"")}=${ts(n)}`}',
  },
  {
    why: '`&` in a replacement stands for what was found (patsub_replacement), unless it is quoted; half of a character keeps its place',
    find: 'function Fl(e,t,n,r,s){',
    put: 'async function amp$(e,t,r){let o="";for(let p of t)o+=/Quoted|Escaped/.test(p.type)?await r(e,[p]):(await r(e,[p])).replaceAll("&","\\udfff");return o}function Fl(e,t,n,r,s){',
  },
  {
    why: '`&` in a replacement stands for what was found',
    find: 'i.append(t.slice(o,a.index)),i.append(r),',
    put: 'i.append(t.slice(o,a.index)),i.append(r.replaceAll("\\udfff",a[0])),',
  },
  {
    why: '`&` in a replacement stands for what was found',
    find: 'let a=n.replacement?await r(e,n.replacement.parts):"";if(n.anchor==="start"',
    put: 'let a=n.replacement?await amp$(e,n.replacement.parts,r):"";if(n.anchor==="start"',
  },
  {
    why: '`&` in a replacement stands for what was found, and `$` for itself',
    find: 'let p=c.replacement?await n(e,c.replacement.parts):"",h=d;c.anchor==="start"?h=`^${d}`:c.anchor==="end"&&(h=`${d}$`);let m=[];try{let g=ie(h,c.all?"g":"");for(let b of f)m.push(g.replace(b,p))}',
    put: 'let p=c.replacement?await amp$(e,c.replacement.parts,n):"",h=d;c.anchor==="start"?h=`^${d}`:c.anchor==="end"&&(h=`${d}$`);let m=[];try{let g=ie(h,c.all?"g":"");for(let b of f)m.push(Fl(e,b,g,p,c.all))}',
  },
  {
    why: '`&` in a replacement stands for what was found, and `$` for itself',
    find: 'let b=m.replacement?await s(e,m.replacement.parts):"",w=g;m.anchor==="start"?w=`^${g}`:m.anchor==="end"&&(w=`${g}$`);try{let y=ie(w,m.all?"g":"");p=p.map(x=>y.replace(x,b))}',
    put: 'let b=m.replacement?await amp$(e,m.replacement.parts,s):"",w=g;m.anchor==="start"?w=`^${g}`:m.anchor==="end"&&(w=`${g}$`);try{let y=ie(w,m.all?"g":"");p=p.map(x=>Fl(e,x,y,b,m.all))}',
  },
  {
    why: '`&` in a replacement stands for what was found',
    find: 'let d=l.replacement?await n(e,l.replacement.parts):"",p=f;l.anchor==="start"?p=`^${f}`',
    put: 'let d=l.replacement?await amp$(e,l.replacement.parts,n):"",p=f;l.anchor==="start"?p=`^${f}`',
  },
  {
    why: '`&` in a replacement stands for what was found, and `$` for itself',
    find: 'let p=l.replacement?await r(e,l.replacement.parts):"",h=d;l.anchor==="start"',
    put: 'let p=l.replacement?await amp$(e,l.replacement.parts,r):"",h=d;l.anchor==="start"',
  },
  {
    why: '`&` in a replacement stands for what was found, and `$` for itself',
    find: 'xd(m,w.replace(y,p),g,e)',
    put: 'xd(m,Fl(e,y,w,p,l.all),g,e)',
  },
];
