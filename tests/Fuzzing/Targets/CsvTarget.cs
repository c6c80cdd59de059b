using MarginalConditional.Data.Tables;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The reader of CSV files.</summary>
internal sealed class CsvTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var bytes = CsvBytes.Make(draws);
        var options = CsvBytes.Options(draws);
        return new FuzzInput($"{options}\n{CsvBytes.Show(bytes)}", () => Read(bytes, options));
    }

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) =>
        new(CsvBytes.Show(bytes), () => Read(bytes, new DatasetReaderOptions { Separator = null }));

    private static Outcome Read(byte[] bytes, DatasetReaderOptions options)
    {
        var data = DatasetReader.Read("data.csv", bytes, options);
        return data.Columns.OfType<NumericColumn>().Any(column => column.Values.ToArray().Any(double.IsInfinity))
            ? Outcome.Fault("a column holds infinities")
            : Outcome.Result("read");
    }
}
