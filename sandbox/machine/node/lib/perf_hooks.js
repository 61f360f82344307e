import { performance } from 'node:internal/clock';

export { performance };
export default { performance };
