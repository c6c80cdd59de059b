using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Dropout;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeCommand
{
    private Formula? StayingFormula(ParseResult parse)
    {
        if (parse.GetValue(staying) is not { } text)
        {
            return null;
        }

        if (correlation.Wave(parse) is null)
        {
            throw CorrelationOptions.Missing("--staying", "--wave", "the column of waves");
        }

        return FormulaParser.Parse($"{StayingData.Column} {(text.TrimStart().StartsWith('~') ? text.TrimStart() : "~ " + text)}");
    }

    private static ModelFrame StayingFrame(Dataset data, ModelFrame frame, FrameRequest request, Formula formula) =>
        ModelFrameBuilder.Build(StayingData.AddTo(data, frame), new FrameRequest
        {
            Formula = formula,
            Cluster = request.Cluster,
            Wave = request.Wave,
            References = request.References
                .Where(pair => formula.Variables.Contains(pair.Key, StringComparer.Ordinal))
                .ToDictionary(StringComparer.Ordinal),
            Factors = [.. request.Factors.Where(name => formula.Variables.Contains(name, StringComparer.Ordinal))],
            Orders = request.Orders
                .Where(pair => pair.Key == request.Wave || formula.Variables.Contains(pair.Key, StringComparer.Ordinal))
                .ToDictionary(StringComparer.Ordinal),
        });
}
