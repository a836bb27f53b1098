/** Computes for some 250 ms: every order is compared with every other. */
export function priceList(rows, { currency }) {
  return rows.map((row) => line(row, rankOf(row, rows), currency)).join('\n');
}

function rankOf(row, rows) {
  let rank = 1;
  for (let pass = 0; pass < 50; pass++) for (const other of rows) if (other.price * other.amount > row.price * row.amount) rank++;
  return rank;
}

function line({ article, price }, rank, currency) {
  return `${rank}. ${article}: ${price} ${currency}`;
}
