using System.Globalization;
using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Tests.Persons;

/// <summary>Frames of trials by person: from reference files, from some of their rows, and from lines that a test writes.</summary>
internal static class PersonFrames
{
    /// <summary>The frame of a formula on a reference data set, its reference arm pbo.</summary>
    public static ModelFrame Reference(string data, string formula, string? strata = null) =>
        Build(File.ReadAllLines(ReferenceFiles.Data(data)), formula, strata);

    /// <summary>The frame of a formula on lines of CSV with a header.</summary>
    public static ModelFrame Build(
        IEnumerable<string> lines, string formula, string? strata = null, string? weights = null)
    {
        var text = string.Join('\n', lines) + "\n";
        var formulaParsed = FormulaParser.Parse(formula);
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        if (formulaParsed.Variables.Contains("trt", StringComparer.Ordinal))
        {
            references["trt"] = "pbo";
        }

        var request = new FrameRequest
        {
            Formula = formulaParsed,
            AuxiliaryGroupings = strata is null ? [] : [strata],
            Weights = weights,
            References = references,
        };
        return ModelFrameBuilder.Build(
            DatasetReader.Read("trial.csv", Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { Columns = request.Columns }), request);
    }

    /// <summary>Lines of CSV from rows of numbers and words.</summary>
    public static IEnumerable<string> Lines(string header, IEnumerable<object[]> rows) =>
        rows
            .Select(row => string.Join(',', row.Select(cell => string.Format(CultureInfo.InvariantCulture, "{0:R}", cell))))
            .Prepend(header);
}
