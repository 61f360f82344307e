/** The npm whose words and ways are simulated. */
export const npmVersion = '11.19.1';
