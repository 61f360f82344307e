// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// Where what is nested ends. just-bash looks for the end of `$(…)`, `$((…))`, `${…}` and `{…}` in a dozen places, and each of them loses
// count when one stands within quotes within another. Here one function knows what is read as one (`past$`) and another where a
// command substitution ends (`D6`); the places ask these two. Corpus: `tests/fidelity/shell/language-nesting.yaml`.
import type { Replacement } from './replacement.ts';

export const nestingPatch: readonly Replacement[] = [
  {
    why: 'what is in quotes or an expansion is read as one; q: within double quotes. `$((` is arithmetic (A), where `#` and `<<` are operators',
    find: 'function D6(e,t,n){let r=1,',
    put: `function past$(e,i,q){let d=e[i],c=d==="$"?e[i+1]:"",k;if(d==="\\\\")return i+2;if(d==="'"&&!q)return k=e.indexOf("'",i+1),k<0?e.length+1:k+1;if(c==="(")return D6(e,i+2,void 0,e[i+2]==="(")+1;let x=c==="{"?"}":c==="'"&&!q?c:d==='"'||d==="\`"?d:"";if(!x)return i+1;for(i+=c?2:1;i<e.length&&e[i]!==x;)i=x==='"'?past$(e,i,1):x==="}"?past$(e,i,q):e[i]==="\\\\"?i+2:i+1;return i+1}
function D6(e,t,n,A){let r=1,s=t,a=0,l=!1,c="",u=[],f=0;for(;s<e.length;){let d=e[s];if(!A){if(d==="("&&e[s+1]==="("?f++:d===")"&&e[s+1]===")"&&f>0&&f--,f===0&&d==="<"&&e[s+1]==="<"&&e[s+2]!=="<"&&e[s-1]!=="<"){let p=s+2,h=e[p]==="-";for(h&&p++;e[p]===" "||e[p]==="\\t";)p++;let{delim:m,endPos:g,unclosedQuote:b,unclosedSubstitution:w}=Sl(e,p);b&&n?.(\`unexpected EOF while looking for matching \\\`\${b}'\`),w&&n?.("unexpected EOF while looking for matching \`)'");if(m.length>0){u.push({delim:m,stripTabs:h}),c="",s=g;continue}}if(d==="\\n"&&u.length>0){s=nk(e,s,u),u.length=0,c="";continue}if(f===0&&d==="#"&&(s===t||/[\\s;&|()]/.test(e[s-1]))){let k=e.indexOf("\\n",s);s=k<0?e.length:k;continue}}let k=past$(e,s);if(k>e.length&&/["'\`]/.test(d))return n?.(\`unexpected EOF while looking for matching \\\`\${d}'\`,s),k;if(k>s+1){s=k,c="";continue}if(/[a-zA-Z_]/.test(d))c+=d;else if(c==="case"&&/(?:^|[;&|({!\\n]|\\b(?:do|then|else|if|elif|while|until))\\s*case$/.test(e.slice(t,s))?(a++,l=!1):c==="in"&&a>0?l=!0:c==="esac"&&a>0&&(a--,l=!1),c="",d==="(")l?/[@*+?!]/.test(e[s-1])&&(s=D6(e,s+1)):r++;else if(d===")"){if(l)l=!1;else if(--r===0)return s}else d===";"&&a>0&&/[;&]/.test(e[s+1])&&(l=!0);s++}return n?.("unexpected EOF while looking for matching \`)'"),s}
function unusedD6$(e,t,n){let r=1,`,
  },
  {
    why: '`$((…))` holds the first `)` of `))`: else it is a subshell within `$(…)`',
    find: 'function P6(e,t){let n=e.length,',
    put: 'function P6(e,t){for(let r=t+3,s=2;r<e.length;r=past$(e,r))if(e[r]==="(")s++;else if(e[r]===")"&&--s===1)return e[r+1]!==")";return!1;let n=e.length,',
  },
  {
    why: 'whether `$((` begins a subshell is asked in one way',
    find: 'dollarDparenIsSubshell(t){let n=this.input,',
    put: 'dollarDparenIsSubshell(t){return P6(this.input,t-1);let n=this.input,',
  },
  {
    why: 'a word goes on to where its `$(…)` ends',
    find: 'if(y==="$"&&o+1<i&&s[o+1]==="("&&!p){',
    put: 'if(y==="$"&&s[o+1]==="("&&!p){H(D6(s,o+2,(k,z=o)=>{throw new In(k,c+s.slice(o,z).split("\\n").length-1,l)},s[o+2]==="("&&!this.dollarDparenIsSubshell(o+1))+1);continue}if(!1){',
  },
  {
    why: 'a word takes over what is read as one, with its lines',
    find: 'g=!1,b=0;for(;o<i;){let y=s[o];if(!p&&!h){',
    put: 'g=!1,b=0,H=z=>{let k=s.slice(o,z),N=k.split("\\n");u+=k,o+=k.length,c+=N.length-1,l=N.length>1?N.at(-1).length+1:l+k.length};for(;o<i;){let y=s[o];if(!p&&!h){',
  },
  {
    why: '`${name:-$(…)}` goes on to where its `$(…)` ends',
    find: 'if(I==="\\\\"&&o+1<i&&!S){u+=I,o++,l++,u+=s[o],o++,l++;continue}u+=I,S?I',
    put: 'if(I==="\\\\"&&o+1<i&&!S){u+=I,o++,l++,u+=s[o],o++,l++;continue}if(!S&&/[$`]/.test(I)){H(past$(s,o,h||E));continue}u+=I,S?I',
  },
  {
    why: '`((` ends where what is nested in it has ended',
    find: 'if(o){l==="\'"&&(o=!1),s++;continue}if(a){if(l==="\\\\"){s+=2;continue}l===\'"\'&&(a=!1),s++;continue}if(l==="\'"){o=!0,s++;continue}if(l===\'"\'){a=!0,s++;continue}if(l==="\\\\"){s+=2;continue}if(l==="("){i++,s++;continue}if(l===")"){if(i--,i===1){let c=s+1;if(',
    put: 'let k=past$(n,s);if(k>s+1){s=k;continue}if(l==="("){i++,s++;continue}if(l===")"){if(i--,i===1){let c=s+1;if(',
  },
  {
    why: '`$((…))` ends where what is nested in it has ended',
    find: 'parseArithmeticExpansion(t,n){let r=n+3,',
    put: 'parseArithmeticExpansion(t,n){let R=D6(t,n+2,k=>this.error(k),!0);return{part:Y.arithmeticExpansion(this.parseArithmeticExpression(t.slice(n+3,R-1))),endIndex:R+1};let r=n+3,',
  },
  {
    why: 'the words of `${name:-words}` end where what is nested in them has ended',
    find: 'if(i===\'"\'){for(r++;r<t.length&&t[r]!==\'"\';)t[r]==="\\\\"&&r+1<t.length?r+=2:r++;r<t.length&&r++;continue}i==="{"?s++',
    put: 'if(/["$`]/.test(i)){r=past$(t,r);continue}i==="{"?s++',
  },
  {
    why: 'the pattern of `${name/pattern/words}` ends where what is nested in it has ended',
    find: 'if(i===\'"\'){for(r++;r<t.length&&t[r]!==\'"\';)t[r]==="\\\\"&&r+1<t.length?r+=2:r++;r<t.length&&r++,s=!0;continue}i==="\\\\"',
    put: 'if(/["$`]/.test(i)){r=past$(t,r),s=!0;continue}i==="\\\\"',
  },
  {
    why: 'a subscript and `{…}` end where what is nested in them has ended',
    find: 't[o]===r?i++:t[o]===s&&i--,i>0&&o++;return i===0?o:-1}',
    put: 't[o]===r?i++:t[o]===s&&i--,i>0&&(o=past$(t,o));return i===0?o:-1}',
  },
  {
    why: 'the commas of `{…}` do not stand in quotes',
    find: 'function s7(e){let t=[],n="",r=0;for(let s=0;s<e.length;s++){let i=e[s];',
    put: 'function s7(e){let t=[],n="",r=0;for(let s=0;s<e.length;s++){let i=e[s],k=past$(e,s);if(k>s+1){n+=e.slice(s,k),s=k-1;continue}',
  },
  {
    why: 'in a pattern `$(…)` ends where it ends anywhere',
    find: 'function nw(e,t){let n=1,',
    put: 'function nw(e,t){let k=D6(e,t);return k<e.length?k:-1;let n=1,',
  },
  {
    why: 'in arithmetic `$(…)` ends where it ends anywhere',
    find: 's+=2;let c=1,u=s;for(;s<t.length&&c>0;)t[s]==="("?c++:t[s]===")"&&c--,c>0&&s++;let f=t.slice(u,s);return s++,{expr:{type:"ArithCommandSubst",command:f}',
    put: 'let u=s+2;s=past$(t,s);return{expr:{type:"ArithCommandSubst",command:t.slice(u,s-1)}',
  },
  {
    why: '`${name[` that nothing closes is told',
    find: 'if(t[s]==="["){let u=Hf(e,t,s,"[","]");',
    put: 'if(t[s]==="["){let u=Hf(e,t,s,"[","]");u<0&&e.error("unexpected EOF while looking for matching `}\'");',
  },
  {
    why: 'what cannot be read is told, also where no script was read before it',
    find: 'current(){return this.tokens[this.pos]||this.tokens[this.tokens.length-1]}',
    put: 'current(){return this.tokens[this.pos]||this.tokens[this.tokens.length-1]||{type:v.EOF,value:"",line:1,column:1}}',
  },
];
