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
    put: 'if(!Number.isNaN(s)&&/^-?(0|[1-9]\\d*)$/.test(r.trim()))return s;let i=r.trim();if(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(i))return await kd(e,i,n);try{return await Mi(e,Me(new be,i).expression,!1,n)}catch(x){throw x instanceof Ge&&!(x instanceof Jt)?e.hooks.language.arithmeticError(e,x,i):x}}finally',
  },
  {
    why: 'a leading zero makes what is compared octal',
    find: '|0[0-7]+|\\d+)$/.test(t))return o4(t)',
    put: '|0[0-7]+|0|[1-9]\\d*)$/.test(t))return o4(t)',
  },
  {
    why: 'what is compared in `[[ … ]]` is computed, and what is wrong in it is told',
    find: 'return await Te(e,r.expression)}catch{return o4(t)}}',
    put: 'return await Te(e,r.expression)}catch(x){throw x instanceof Ge?e.hooks.language.arithmeticError(e,x,t,"[[: "):x}}',
  },
  {
    why: 'what is compared in `[[ … ]]` is computed, and what is wrong in it is told',
    find: 'let r=n instanceof Ge?1:2;return K(`bash: conditional expression:',
    put: 'let r=n instanceof Ge?1:2;return n instanceof Ge&&n.stderr?K(n.stderr,r):K(`bash: conditional expression:',
  },
  {
    why: 'numbers have 64 bits',
    find: 'function qN(e,t,n){switch(n){',
    put: 'function qN(e,t,n){let f={"<<":(a,b)=>a<<(b&63n),">>":(a,b)=>a>>(b&63n),"&":(a,b)=>a&b,"|":(a,b)=>a|b,"^":(a,b)=>a^b,"+":(a,b)=>a+b,"-":(a,b)=>a-b,"*":(a,b)=>a*b,"**":(a,b)=>a**b}[n];if(f&&!(n==="**"&&t<0)&&(/[<>&|^]/.test(n)||!Number.isSafeInteger(n==="+"?e+t:n==="-"?e-t:n==="*"?e*t:e**t)))return Number(BigInt.asIntN(64,f(BigInt(e),BigInt(t))));switch(n){',
  },
  {
    why: 'numbers have 64 bits; a division by zero in an assignment is one',
    find: 'function Yw(e,t,n){switch(n){',
    put: 'function Yw(e,t,n){if(n!=="=")return qN(e,t,n.slice(0,-1));switch(n){',
  },
  {
    why: 'numbers have 64 bits',
    find: 'case"~":return~e;default:return e}}async function KN',
    put: 'case"~":return-1-e;default:return e}}async function KN',
  },
  {
    why: 'a number that is a power of two is told to its last digit',
    find: 'return String(await Te(e,l.expression,!0))}return String(await Te(e,t.expression.expression,!0))',
    put: 'return wq(await Te(e,l.expression,!0))}return wq(await Te(e,t.expression.expression,!0))',
  },
  {
    why: 'a number that is a power of two is told to its last digit',
    find: 'function Jw(){',
    put: 'function wq(v){return Number.isSafeInteger(v)||!Number.isFinite(v)?String(v):String(BigInt(v))}function Jw(){',
  },
  {
    why: '`((n <<= 3))` begins no here-document',
    find: 'this.pendingHeredocDelimiterMode=!1,this.makeToken(v.DLESS,"<<",n,r,s)',
    put: 'this.dparenDepth===0&&(this.pendingHeredocDelimiterMode=!1),this.makeToken(v.DLESS,"<<",n,r,s)',
  },
  {
    why: 'a variable may stand within a number: `((8#$mode & 2))`',
    find: 'let n=await Te(this.ctx,t.expression.expression),r=It(n!==0);',
    put: 'let O=t.expression.originalText??"",n=await Te(this.ctx,/#\\$|[\\w}]#/.test(O)&&O.includes("$")?Me(new be,await textOf$(this.ctx,O)).expression:t.expression.expression),r=It(n!==0);',
  },
  {
    why: 'an expansion may stand within a number: `$((10#${month#0}))`',
    find: 'case"ArithmeticExpansion":try{let s=t.expression.originalText;if(s&&',
    put: 'case"ArithmeticExpansion":try{let s=t.expression.originalText;if(s&&/#\\$\\{/.test(s))return wq(await Te(e,Me(new be,await textOf$(e,s)).expression,!0));if(s&&',
  },
  {
    why: 'an expansion may stand within a number: `$((10#${month#0}))`',
    find: 'async function _7(e,t){',
    put: 'async function textOf$(e,t){return/\\$\\{/.test(t)?_e(e,new be().parseWordFromString(t,!0,!1)):_7(e,t)}async function _7(e,t){',
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
];
