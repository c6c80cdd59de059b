using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The treatment's coefficients in both models on 80 columns, and why they differ.</summary>
internal sealed class EffectTables
{
    /// <summary>A difference of coefficients this small, with as small a standard error, is rounding.</summary>
    private const double Rounding = 1e-6;

    private readonly ModelComparison comparison;
    private readonly FitArguments arguments;
    private readonly CommandContext context;
    private readonly IAnsiConsole console;
    private readonly string? ratio;

    public EffectTables(ModelComparison comparison, FitArguments arguments, CommandContext context)
    {
        this.comparison = comparison;
        this.arguments = arguments;
        this.context = context;
        console = context.Console;
        ratio = ScaleNames.Ratio(arguments.Family, arguments.Link);
    }

    /// <summary>Writes them where the ladder does not tell them, each with its gap; nothing where the fits cannot be compared.</summary>
    public void Write()
    {
        if (!comparison.IsComparable)
        {
            return;
        }

        // Coefficients are the ladder's first rungs, unless the effect is one of time or of anything else it interacts with.
        var told = comparison.Ladder.Rungs.Count > 0 && comparison.Effects.All(effect => !effect.Effect.IsInteraction);
        foreach (var effect in comparison.Effects.Where(effect => effect.IsPrimary && (!told || context.Output.Verbose)))
        {
            console.Write(new Text(Question(effect.Effect) + "\n", new Style(decoration: Decoration.Bold)));
            console.WriteLine();
            Estimands(effect);
            console.WriteLine();
            Gap(effect);
            console.WriteLine();
        }

        Others();
    }

    private string Question(TreatmentEffect effect)
    {
        var treatment = comparison.Options.Treatment;
        var reference = comparison.Standardized.Count > 0 ? comparison.Standardized[0].Means.Levels[0] : null;
        var arms = effect.Level.Length > 0
            ? reference is null ? $" ({effect.Level})" : $" ({effect.Level} against {reference})"
            : string.Empty;
        var what = ratio is "odds ratio" ? $"the odds of {comparison.Frame.ResponseName}" : comparison.Frame.ResponseName;
        var suffix = !effect.IsInteraction ? AtZero()
            : effect.IsSlope ? $", per unit of {effect.Partners[0]}"
            : $", change with {string.Join(", ", effect.Partners)}";
        return $"Effect of {treatment}{arms} on {what}{suffix}";
    }

    private string AtZero()
    {
        var slopes = comparison.Effects
            .Where(effect => effect.Effect.IsSlope)
            .Select(effect => effect.Effect.Partners[0])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return slopes.Count == 0 ? string.Empty : $", at {string.Join(", ", slopes.Select(name => name + " = 0"))}";
    }

    private void Estimands(EffectComparison effect)
    {
        string[] headings = ["Estimand", "Question it answers", ">" + Heading(), ">" + Figures.IntervalHeading(context.Output.Level), ">p"];
        var table = new TextTable(headings);
        foreach (var row in effect.Rows)
        {
            table.Row(
                Label(row),
                row.Estimand.QuestionFor(comparison.Options.Trial),
                Estimate(row.Inference),
                Interval(row.Inference),
                Figures.Probability(row.Inference.PValue));
        }

        table.WriteTo(console);
        if (context.Output.Verbose)
        {
            foreach (var row in effect.Rows)
            {
                Line("  ", $"{row.Estimand.Name}: {row.Method}; standard error: {row.StandardErrorType}; "
                    + $"{(row.Inference.DegreesOfFreedom is { } df ? $"t interval, {Figures.Fixed(df, 1)} df" : "normal interval")}");
            }
        }
    }

    private string Label(EstimandRow row) => row.Estimand == Estimand.Conditional ? $"Conditional ({row.Method})"
        : row.Estimand == Estimand.Marginalized ? "\u2514 marginalized exactly"
        : row.Estimand == Estimand.MarginalLikelihood ? "Marginal (by likelihood)"
        : $"{row.Estimand.Name} ({row.Method})";

    private string Heading() => ratio switch
    {
        "odds ratio" =>
        "OR",
        "risk ratio" => "RR",
        "rate ratio" => "IRR",
        "hazard ratio" => "HR",
        "mean ratio" => "Ratio",
        _ => "Estimate"
    };

    private string Estimate(Coefficient row) =>
        ratio is null ? Figures.Estimate(row.Estimate, row.StandardError) : Figures.Ratio(Math.Exp(row.Estimate));

    private string Interval(Coefficient row) => ratio is null
        ? Figures.Interval(Figures.Estimate(row.Lower, row.StandardError), Figures.Estimate(row.Upper, row.StandardError))
        : Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper)));

    private void Gap(EffectComparison effect)
    {
        var (conditional, marginal) = (effect.Conditional.Inference, effect.Marginal.Inference);
        var scale = ratio is null ? "gap" : ratio == "odds ratio" ? "log-OR gap" : "log-ratio gap";
        var gap = effect.Gap;
        var decimals = Math.Clamp(
            Figures.DecimalsFor(gap.Rest.StandardError is > Rounding and < 1e9 ? gap.Rest.StandardError : 1, 2),
            3,
            6);
        var finding = double.IsNaN(gap.Rest.PValue) ? "not tested"
            : gap.Rest.PValue < comparison.Options.Tolerances.Alpha ? "more than chance"
            : "no sign of another reason";
        var rest = gap.Rest.StandardError <= Rounding && Math.Abs(gap.Rest.Estimate) <= Rounding
            ? "nothing: the two agree to rounding"
            : $"(SE {Figures.Fixed(gap.Rest.StandardError, decimals)}, p {Figures.ProbabilityRelation(gap.Rest.PValue)}): {finding}";
        var reason = comparison.Spread == 0 ? $"none: \u03C3 = 0 between {comparison.Options.Trial.Units}, one model"
            : gap.NonCollapsibility.Estimate == 0 || Math.Abs(gap.NonCollapsibility.Estimate) < 1e-9 * Math.Abs(conditional.Estimate)
            ? $"none: averaging with the {arguments.Link} link leaves the effect as it is"
            : $"exact, from \u03C3 = {Figures.Fixed(comparison.Spread, 2)} between {comparison.Options.Trial.Units}";
        var question = $"  Why do {Estimate(conditional)} and {Estimate(marginal)} differ?   ";
        Line(question, $"{scale} {Signed(gap.Total.Estimate, decimals)}");
        Line($"    non-collapsibility {Signed(gap.NonCollapsibility.Estimate, decimals),7}  ", reason);
        Line($"    everything else    {Signed(gap.Rest.Estimate, decimals),7}  ", rest);
    }

    private void Others()
    {
        var others = comparison.Effects.Where(effect => !effect.IsPrimary).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var table = new TextTable($"{Heading()} of the other coefficients", ">Conditional", ">marginalized", ">GEE", ">p (rest)");
        foreach (var effect in others)
        {
            table.Row(
                effect.Effect.Name + (effect.Effect.IsInteraction
                    ? string.Empty
                    : AtZero().Replace(", at ", " at ", StringComparison.Ordinal)),
                Estimate(effect.Conditional.Inference),
                Estimate(effect.Marginalized.Inference),
                Estimate(effect.Marginal.Inference),
                Figures.Probability(effect.Gap.Rest.PValue));
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    /// <summary>Writes a lead and a text beside it, wrapped under itself.</summary>
    private void Line(string lead, string text) => PlainWrap.Beside(console, lead, text, context.Width);

    private static string Signed(double value, int decimals)
    {
        var text = Figures.Fixed(value, decimals);
        return value > 0 && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "+" + text : text;
    }
}
