using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Dropout;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>The part of <c>margcond gee</c> that weights for dropout: <c>--staying --staying-weights</c>.</summary>
internal sealed class DropoutPart
{
    private readonly Option<string?> staying = new("--staying")
    {
        Description = "Weight for dropout: the model of staying until the next "
        + "wave given what was seen, such as \"~ y + time\"; needs --wave.",
        HelpName = "FORMULA"
    };
    private readonly Option<string> stayingWeights = Choice.Option(
        "--staying-weights",
        "What --staying weights: rows (needs independence), or clusters by their pattern of dropout (any --corr).",
        [.. DropoutWeighting.All.Select(weighting => weighting.Name)]);

    /// <summary>The option <c>--staying</c>.</summary>
    public Option<string?> Staying => staying;

    /// <summary>The option <c>--staying-weights</c>.</summary>
    public Option<string> Weights => stayingWeights;

    /// <summary>Both.</summary>
    public Option[] All => [staying, stayingWeights];

    /// <summary>The model of staying; null where dropout is not weighted for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="correlation">Whose waves tell who stays.</param>
    public Formula? Formula(ParseResult parse, CorrelationOptions correlation)
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

    /// <summary>The rows whose staying is modelled.</summary>
    /// <param name="data">The table.</param>
    /// <param name="frame">The rows of the marginal model.</param>
    /// <param name="request">How they were made.</param>
    /// <param name="formula">The model of staying.</param>
    public static ModelFrame Frame(Dataset data, ModelFrame frame, FrameRequest request, Formula formula) =>
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

    /// <summary>The working correlation, which weights of rows leave no choice of.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="correlation">What was asked.</param>
    public WorkingCorrelation Structure(ParseResult parse, CorrelationOptions correlation)
    {
        if (parse.GetValue(staying) is null || Weighting(parse).AllowsCorrelation)
        {
            return correlation.Structure(parse);
        }

        // Other structures would be biased under these weights; the default gives way, a wish does not.
        return correlation.IsGiven(parse) && correlation.Word(parse) is not "independence" and var name
            ? throw new InputException($"--staying needs --corr independence, and --corr is {name}.")
            {
                Hint = "Weights of rows are unbiased under working independence only; --staying-weights cluster allows every structure.",
            }
            : WorkingCorrelation.Independence;
    }

    /// <summary>What the weights are of.</summary>
    public DropoutWeighting Weighting(ParseResult parse) =>
        DropoutWeighting.All.FirstOrDefault(weighting => weighting.Name == parse.GetValue(stayingWeights))
            ?? throw new InputException($"--staying-weights does not know \"{parse.GetValue(stayingWeights)}\". It takes "
                + $"{string.Join(", ", DropoutWeighting.All.Select(weighting => weighting.Name))}.");
}
