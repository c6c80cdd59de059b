// A linear mixed model of rows that come from a database: anything with an IDataReader, here a DataTable.
using System.Data;
using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm;

using var table = new DataTable("visits");
table.Columns.Add("person", typeof(string));
table.Columns.Add("visit", typeof(int));
table.Columns.Add("y", typeof(double));
foreach (var line in File.ReadLines(args[0]).Skip(1))
{
    var fields = line.Split(',');
    table.Rows.Add(
        fields[0],
        int.Parse(fields[1], CultureInfo.InvariantCulture),
        fields[2].Length == 0 ? DBNull.Value : double.Parse(fields[2], CultureInfo.InvariantCulture));
}

using var reader = table.CreateDataReader();
var data = DataReaderTable.Read("visits", reader);
Console.WriteLine(data);
var fit = LmmFitter.Fit(
    ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ visit + (1 | person)") }),
    new LmmOptions());
Console.WriteLine(fit);
for (var j = 0; j < fit.Coefficients.Length; j++)
{
    Console.WriteLine(FormattableString.Invariant($"{fit.Frame.Design.Names[j]} {fit.Coefficients[j]:R} {fit.StandardError(j):R}"));
}
