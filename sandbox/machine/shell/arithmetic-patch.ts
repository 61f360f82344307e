// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Arithmetic as bash computes it: numbers of 64 bits, and what is wrong in it told where it is computed. Corpus:
// `tests/fidelity/shell/language-arithmetic.yaml`.
import type { Replacement } from './replacement.ts';

export const arithmeticPatch: readonly Replacement[] = [
  {
    why: 'a number with a point is wrong when it is computed, not when the script is read',
    find: 'throw new Ge(`${c}.${t[s+1]}...: syntax error: invalid arithmetic operator`)',
    put: '{let p=t.slice(s).trim();return{expr:{type:"ArithSyntaxError",errorToken:p,message:`syntax error: invalid arithmetic operator (error token is "${p}")`},pos:t.length}}',
  },
  {
    why: 'what is wrong after the end of an expression is told with the whole expression',
    find: 'message:`${o}: syntax error: invalid arithmetic operator (error token is "${o}")`}}}',
    put: 'message:`syntax error${/^\\w/.test(o)?" in expression":": invalid arithmetic operator"} (error token is "${o}")`}}}',
  },
  {
    why: 'what is wrong in the value of a variable is told with the value; a leading zero makes it octal',
    find: 'if(!Number.isNaN(s)&&/^-?\\d+$/.test(r.trim()))return s;let i=r.trim();if(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(i))return await kd(e,i,n);let o=new be,{expr:a,pos:l}=$i(o,i,0);if(l<i.length){let c=i.slice(l).trim(),u=c.split(/\\s+/)[0]||c;throw new Ge(`${i}: syntax error in expression (error token is "${u}")`)}return await Mi(e,a,!1,n)}finally',
    put: 'if(!Number.isNaN(s)&&/^-?(0|[1-9]\\d*)$/.test(r.trim()))return Number.isSafeInteger(s)?s:digits(r.trim());let i=r.trim();if(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(i))return await kd(e,i,n);try{return await Mi(e,Me(new be,i).expression,!1,n)}catch(x){throw x instanceof Ge&&!(x instanceof Jt)?e.hooks.language.arithmeticError(e,x,i):x}}finally',
  },
  {
    why: 'a leading zero makes what is compared octal',
    find: '|0[0-7]+|\\d+)$/.test(t))return o4(t)',
    put: '|0[0-7]+|0|[1-9]\\d*)$/.test(t))return o4(t)',
  },
  {
    why: 'what is compared in `[[ … ]]` is computed, and what is wrong in it is told',
    find: 'return await Te(e,r.expression)}catch{return o4(t)}}',
    put: 'return await Mi(e,r.expression,!1,Jw())}catch(x){throw x instanceof Ge?e.hooks.language.arithmeticError(e,x,t,"[[: "):x}}',
  },
  {
    why: 'what is compared in `[[ … ]]` is computed, and what is wrong in it is told',
    find: 'let r=n instanceof Ge?1:2;return K(`bash: conditional expression:',
    put: 'if(n.status===2)return Q("","",2);let r=n instanceof Ge?1:2;return n instanceof Ge&&n.stderr?K(n.stderr,r):K(`bash: conditional expression:',
  },
  {
    why: 'numbers have 64 bits: those that are not safe as numbers are BigInts',
    find: 'function qN(e,t,n){switch(n){',
    put: 'function keyOf(e,t){return _e(e,new be().parseWordFromString(t,!1,!1))}function bits(v){let n=BigInt.asIntN(64,v),m=Number(n);return Number.isSafeInteger(m)?m:n}function power(b,x){let r=1n;for(b=BigInt(b),x=BigInt(x);x>0n;x>>=1n,b=BigInt.asIntN(64,b*b))x&1n&&(r=BigInt.asIntN(64,r*b));return r}function digits(s,radix=10){let r=0n,b=BigInt(radix),neg=s[0]==="-";for(let c of neg?s.slice(1):s)r=BigInt.asIntN(64,r*b+BigInt(Number.parseInt(c,36)));return bits(neg?-r:r)}const wide={"<<":(a,b)=>a<<(b&63n),">>":(a,b)=>a>>(b&63n),"&":(a,b)=>a&b,"|":(a,b)=>a|b,"^":(a,b)=>a^b,"+":(a,b)=>a+b,"-":(a,b)=>a-b,"*":(a,b)=>a*b,"/":(a,b)=>a/b,"%":(a,b)=>a%b,"**":power};function qN(e,t,n){let f=wide[n];if(f&&!(t===0&&(n==="/"||n==="%"))&&!(n==="**"&&t<0)&&(typeof e=="bigint"||typeof t=="bigint"||/[<>&|^]/.test(n)||!Number.isSafeInteger(n==="+"?e+t:n==="-"?e-t:n==="*"?e*t:n==="**"?e**t:0)))return bits(f(BigInt(e),BigInt(t)));switch(n){',
  },
  {
    why: 'numbers have 64 bits; a division by zero in an assignment is one',
    find: 'function Yw(e,t,n){switch(n){',
    put: 'function Yw(e,t,n){if(n!=="=")return qN(e,t,n.slice(0,-1));switch(n){',
  },
  {
    why: 'numbers have 64 bits',
    find: 'function ZN(e,t){switch(t){',
    put: 'function ZN(e,t){if(typeof e=="bigint")return t==="-"?bits(-e):t==="~"?bits(~e):t==="!"?0:e;if(t==="~")return-1-e;switch(t){',
  },
  {
    why: 'a number of 64 bits is told to its last digit',
    find: 'return String(await Te(e,l.expression,!0))}return String(await Te(e,t.expression.expression,!0))',
    put: 'return String(await Mi(e,l.expression,!0,Jw()))}return String(await Mi(e,t.expression.expression,!0,Jw()))',
  },
  {
    why: 'a number of 64 bits counts as what it is nearest to where an index, an offset or a comparison asks for a number',
    find: 'async function Te(e,t,n=!1){return Mi(e,t,n,Jw())}',
    put: 'async function Te(e,t,n=!1){return Number(await Mi(e,t,n,Jw()))}',
  },
  {
    why: 'a declared integer has 64 bits',
    find: 's=await Te(e,r.expression);return String(s)}catch{return"0"}}',
    put: 's=await Mi(e,r.expression,!1,Jw());return String(s)}catch{return"0"}}',
  },
  {
    why: 'a declared integer has 64 bits',
    find: 'h=Me(f,p);c=String(await Te(e,h.expression))}else{let d=Me(f,r);c=String(await Te(e,d.expression))}',
    put: 'h=Me(f,p);c=String(await Mi(e,h.expression,!1,Jw()))}else{let d=Me(f,r);c=String(await Mi(e,d.expression,!1,Jw()))}',
  },
  {
    why: 'what is compared has 64 bits',
    find: 'n=Number.parseInt(e,10);return Number.isNaN(n)&&(n=0),t?-n:n}function rc(e){',
    put: 'n=digits(e);return Number.isNaN(n)&&(n=0),t?-n:n}function rc(e){',
  },
  {
    why: 'what is compared has 64 bits',
    find: 'let n=Number.parseInt(e,10);return Number.isNaN(n)?{value:0,valid:!1}:{value:t?-n:n,valid:!0}}',
    put: 'let n=digits(e);return{value:t?-n:n,valid:!0}}',
  },
  {
    why: 'a literal number has 64 bits',
    find: 'if(o=o*i+l,o>Number.MAX_SAFE_INTEGER)return Number.MAX_SAFE_INTEGER}return o}',
    put: 'o=qN(qN(o,i,"*"),l,"+")}return o}',
  },
  {
    why: 'a literal number has 64 bits',
    find: 'let n=Number.parseInt(e.slice(2),16);return n>Number.MAX_SAFE_INTEGER?Number.MAX_SAFE_INTEGER:n}',
    put: 'return digits(e.slice(2).replace(/[^0-9a-f].*/is,""),16)}',
  },
  {
    why: 'a literal number has 64 bits',
    find: 'let n=Number.parseInt(e,8);return n>Number.MAX_SAFE_INTEGER?Number.MAX_SAFE_INTEGER:n}let t=Number.parseInt(e,10);',
    put: 'return digits(e,8)}if(/^\\d{16,}$/.test(e))return digits(e);let t=Number.parseInt(e,10);',
  },
  {
    why: 'a variable’s number has 64 bits',
    find: 'if(!Number.isNaN(r)&&/^-?\\d+$/.test(t.trim()))return r;let s=t.trim();',
    put: 'if(!Number.isNaN(r)&&/^-?(0|[1-9]\\d*)$/.test(t.trim()))return Number.isSafeInteger(r)?r:digits(t.trim());let s=t.trim();',
  },
  {
    why: 'what is counted up is the value that the variable’s text has as an expression',
    find: 'let o=t.operand.name,a=Number.parseInt(await We(e,o),10)||0,l=t.operator==="++"?a+1:a-1;',
    put: 'let o=t.operand.name,a=i,l=qN(a,1,t.operator[0]);',
  },
  {
    why: 'a subscript is kept as text too: of an associative array it is a key',
    find: 'if(u===void 0){let{expr:d,pos:p}=Ws(e,t,s);f=d,s=p,t[s]==="]"&&s++}if(s=gt(t,s),',
    put: 'let key;if(u===void 0){let z=s;for(let n=1;z<t.length;z++)if(t[z]==="[")n++;else if(t[z]==="]"&&--n===0)break;key=t.slice(s,z);let{expr:d,pos:p}=Ws(e,key,0),q=key.slice(p).trim();f=q===""||d.type==="ArithSyntaxError"?d:{type:"ArithSyntaxError",errorToken:q,message:`syntax error in expression (error token is "${q}")`},s=z;t[s]==="]"&&s++}if(s=gt(t,s),',
  },
  {
    why: 'a subscript is kept as text too: of an associative array it is a key',
    find: 'variable:c,subscript:f,stringKey:u,value:p},pos:h}',
    put: 'variable:c,subscript:f,stringKey:u,key,value:p},pos:h}',
  },
  {
    why: 'a subscript is kept as text too: of an associative array it is a key',
    find: 'array:c,index:f,stringKey:u},pos:s}}if(s=gt(t,s),!r)',
    put: 'array:c,index:f,stringKey:u,key},pos:s}}if(s=gt(t,s),!r)',
  },
  {
    why: 'the subscript of an associative array is a key: `((count[web-1]++))`',
    find: 'if(t.stringKey!==void 0)return await o(t.stringKey);if(i&&',
    put: 'if(i&&t.key!==void 0)return await o(await keyOf(e,t.key));if(t.stringKey!==void 0)return await o(t.stringKey);if(i&&',
  },
  {
    why: 'the subscript of an associative array is a key: `((count[web-1]++))`',
    find: 'l;if(t.operand.stringKey!==void 0)l=t.operand.stringKey;else',
    put: 'l;if(a&&t.operand.key!==void 0)l=await keyOf(e,t.operand.key);else if(t.operand.stringKey!==void 0)l=t.operand.stringKey;else',
  },
  {
    why: 'the subscript of an associative array is a key: `((count[web-1]++))`',
    find: 'let i=t.variable,o=i,a;if(t.stringKey!==void 0)a=t.stringKey;else',
    put: 'let i=t.variable,o=i,a;if(t.key!==void 0&&e.state.associativeArrays?.has(i))a=await keyOf(e,t.key);else if(t.stringKey!==void 0)a=t.stringKey;else',
  },
  {
    why: 'the subscript of what is counted up is computed once',
    find: 'case"ArithUnary":{let i=await s(t.operand);if(',
    put: 'case"ArithUnary":{let i=/^(\\+\\+|--)$/.test(t.operator)&&t.operand.type==="ArithArrayElement"?0:await s(t.operand);if(',
  },
  {
    why: 'what is counted up is the value that the element’s text has as an expression',
    find: 'let c=Number.parseInt(Xe(e,o,l)||"0",10)||0,u=t.operator==="++"?c+1:c-1;return we(e,o,l,String(u),a',
    put: 'let w=Xe(e,o,l),c=w?await Vl(e,`${o}[${l}]`,w,r):0,u=qN(c,1,t.operator[0]);return we(e,o,l,String(u),a',
  },
  {
    why: 'what is counted up is the value that the variable’s text has as an expression',
    find: 'c=Number.parseInt(l||"0",10)||0,u=await s(t.value),f=Yw(c,u,t.operator);',
    put: 'c=t.operator==="="||!l?0:await Vl(e,a===void 0?o:`${i}[${a}]`,l,r),u=await s(t.value),f=Yw(c,u,t.operator);st(e,i);',
  },
  {
    why: 'what is read-only is not counted on',
    find: 'return e.state.env.set(o,String(l)),t.prefix?l:a}if(t.operand.type==="ArithArrayElement")',
    put: 'return st(e,o),e.state.env.set(o,String(l)),t.prefix?l:a}if(t.operand.type==="ArithArrayElement")',
  },
  {
    why: '`((n <<= 3))` begins no here-document',
    find: 'this.pendingHeredocDelimiterMode=!1,this.makeToken(v.DLESS,"<<",n,r,s)',
    put: 'this.dparenDepth===0&&(this.pendingHeredocDelimiterMode=!1),this.makeToken(v.DLESS,"<<",n,r,s)',
  },
  {
    why: 'what stands for a text is put in before the expression is read: `((8#$mode & 2))`, `((n > $empty))`',
    find: 'let n=await Te(this.ctx,t.expression.expression),r=It(n!==0);',
    put: 'if(/[$`]/.test(O))O=await textOf$(this.ctx,O);let n=await Te(this.ctx,(O===W?t.expression:Me(new be,O)).expression),r=It(n!==0);',
  },
  {
    why: 'what stands for a text is put in before the expression is read: `$((10#$month * 2))`',
    find: 'case"ArithmeticExpansion":try{let s=t.expression.originalText;if(s&&',
    put: 'case"ArithmeticExpansion":try{let s=t.expression.originalText;if(s&&/[$`]/.test(s))return String(await Mi(e,Me(new be,await textOf$(e,s)).expression,!0,Jw()));if(s&&',
  },
  {
    why: 'what stands for a text is put in before the expression is read',
    find: 'async function _7(e,t){',
    put: 'function textOf$(e,t){return _e(e,new be().parseWordFromString(t,!0,!1))}async function _7(e,t){',
  },
  {
    why: '`RANDOM` begins again from a seed that it is given, as bash computes it (Park and Miller)',
    find: 'case"RANDOM":return String(Math.floor(Math.random()*32768));',
    put: 'case"RANDOM":{let q=e.state.env.get("RANDOM");if(q!==undefined){e.state.env.delete("RANDOM");e.state.seed=Number.parseInt(q,10)>>>0}if(e.state.seed===undefined)return String(Math.floor(Math.random()*32768));let z=e.state.seed||123459876;let y=16807*(z%127773)-2836*Math.trunc(z/127773);y<0&&(y+=2147483647);e.state.seed=y;return String((y>>>16^y)&32767)}',
  },
  {
    why: '`RANDOM` begins again from a seed that it is given',
    find: 'async function KN(e,t){',
    put: 'async function KN(e,t){if(t==="RANDOM")return We(e,t);',
  },
  {
    why: 'an assignment needs a value: `((a=))`',
    find: 'operator (error token is "${u}")`},pos:t.length}}return{expr:{type:"ArithNumber",value:0},pos:s}}',
    put: 'operator (error token is "${u}")`},pos:t.length}}let m=s>=t.length?/[-+*\\/%<>&^|]*=\\s*$/.exec(t)?.[0]:/^[<>=*\\/%&|^?:,]/.test(t[s])&&t.slice(s);return m?{expr:{type:"ArithSyntaxError",errorToken:m,message:`syntax error: operand expected (error token is "${m}")`},pos:s}:{expr:{type:"ArithNumber",value:0},pos:s}}',
  },
  {
    why: 'what is wrong in a subscript is told with the subscript',
    find: 'if(t.index){let a=await s(t.index);if(a<0)',
    put: 'if(t.index){let a=await s(t.index).catch(x=>{throw x instanceof Ge&&!(x instanceof Jt)?e.hooks.language.arithmeticError(e,x,t.key??""):x});if(a<0)',
  },
];
