const rows = [1, 2, 3];
export function run(i) { //@ run
  const onCell = (row, cell) => ({ row, cell, i }); //@ run onCell:432
  const onRow = (row) => rows.map((cell) => onCell(row, cell)); //@ run onRow
  return rows.map(onRow); //@ run
}
