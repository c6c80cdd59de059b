using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Means;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>Shows a GEE fit.</summary>
internal sealed partial class GeeReport
{
    /// <summary>A table lists no more correlations than this.</summary>
    private const int MostCorrelations = 12;

    private readonly GeeFit fit;
    private readonly GeeInference inference;
    private readonly List<(string Name, double[] Errors)> shown = [];
    private readonly IReadOnlyList<Contrast> contrasts;
    private readonly DropoutFit? dropout;
    private readonly GeeInference? staying;
    private readonly InformationCriteria criteria;
    private readonly IReadOnlyList<TermTest> terms;
    private readonly List<(string Label, ScoreTest Test)> scores = [];
    private int thresholds;

    public GeeReport(
        GeeInference inference,
        IReadOnlyList<GeeVariance> variances,
        IReadOnlyList<Contrast> contrasts,
        bool scoreTests,
        DropoutFit? dropout = null)
    {
        this.inference = inference;
        this.dropout = dropout;
        this.contrasts = contrasts;
        fit = inference.Fit;
        staying = dropout is null ? null : GeeInference.Of(dropout.Staying);
        criteria = InformationCriteria.Of(fit.Finite ?? fit, inference.Ways is null ? null : inference.Variance);
        terms = TermTest.Of(inference);
        foreach (var variance in variances)
        {
            // Each hands on what it knows of the clusters.
            inference = inference.Variance == variance ? inference : inference.With(variance);
            shown.Add((variance.Name, inference.StandardErrors()));
        }

        if (!scoreTests)
        {
            return;
        }

        scores.AddRange(contrasts.Select(contrast => (contrast.Label, ScoreTestOf(contrast.Label, [contrast]))));
        scores.AddRange(contrasts.Count > 0
            ? []
            : terms.Select(term => (term.Term, ScoreTestOf(term.Term, TermTest.Rows(fit, term.Term)))));
    }

    /// <summary>The fit of ordered outcomes whose indicators are reported; null for every other outcome.</summary>
    public OrdinalGeeFit? Ordinal { get; init; }

    /// <summary>The test of proportional odds; null when there is none.</summary>
    public ProportionalOddsTest? Proportional { get; init; }

    /// <summary>Estimated means; null when none were asked for.</summary>
    public EstimatedMeans? Means { get; init; }

    /// <summary>Predictions of new rows; null when none were asked for.</summary>
    public PredictedRows? Predictions { get; init; }

    /// <summary>Where the fit is kept, and which one it repeats.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>What would cure a fit that failed, one sentence each.</summary>
    public IReadOnlyList<string> Cures { get; init; } = [];

    /// <summary>The fit, ready to be shown.</summary>
    public FitSummary Summary(FitArguments arguments)
    {
        thresholds = Ordinal?.Thresholds.Length ?? 0;
        return Summary(
            arguments,
            dropout?.CoefficientTable(inference.Reference, inference.Level) ?? inference.CoefficientTable(),
            [.. contrasts.Select(Test)]);
    }

    private FitSummary Summary(FitArguments arguments, IReadOnlyList<Coefficient> coefficients, Coefficient[] tested) =>
        new()
        {
            Command = "gee",
            Title = $"Marginal (population-averaged) model: {(Ordinal is null ? "GEE" : "cumulative GEE")}, "
                + $"{fit.Correlation.Name}{(dropout is null ? string.Empty : ", weighted for dropout")}{Reduced()}, "
                + $"{(dropout is null ? inference.Variance.Name : "robust")} standard errors",
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.ToString(),
            Family = Ordinal is null ? fit.Options.Family.Name : "ordinal",
            Link = Ordinal is null ? fit.Options.EffectiveLink.Name : Ordinal.Options.Link.Name,
            Frame = Ordinal is null ? fit.Frame : Ordinal.Frame,
            Thresholds = [.. coefficients.Take(thresholds)],
            Coefficients = [.. coefficients.Skip(thresholds)],
            Contrasts = tested,
            Data = arguments.Data,
            Pictures = Ordinal is null
                ? GeePictures.Of(fit, [.. coefficients, .. tested], inference.Level, Means)
                : GeePictures.Of(Ordinal, [.. coefficients.Skip(thresholds), .. tested], inference.Level, Means),
            Means = Means,
            Predictions = Predictions,
            Keeping = Keeping,
            Covariance = Covariance().ToArray(),
            Quantities = GeeQuantities.Of(fit, criteria),
            Further = staying is null
                ? []
                : [new FurtherTable("staying", "Model of staying until the next wave (logit)", staying.CoefficientTable())],
            Convergence = dropout is { Staying.Convergence.Converged: false } ? dropout.Staying.Convergence : fit.Convergence,
            Tolerances = fit.Options.Tolerances.All,
            Warnings =
            [
                .. staying?.Fit.Warnings ?? [], .. inference.Warnings, .. ProportionalOddsOutput.Warnings(Proportional, Ordinal), .. Cures,
            ],
            JsonMembers = Members,
            Details = Details,
        };

    private string Reduced() => fit.Options.BiasReduction == BiasReduction.Firth ? ", penalized (Firth)"
        : fit.Options.BiasReduction == BiasReduction.Corrected ? ", corrected for bias"
        : string.Empty;

    private ScoreTest ScoreTestOf(string hypothesis, IReadOnlyList<Contrast> rows) => ScoreTest.Exists(fit, rows)
        ? ScoreTest.Of(fit, rows)
        : throw new InputException($"--score-test has no model to fit under the hypothesis about \"{hypothesis}\": it leaves no "
            + "coefficient free.")
        {
            Hint = "Leave --score-test out: the table has the Wald test of it. Or give the model an intercept.",
        };

    private ReadOnlySpan<double> Covariance() => dropout is null ? inference.Covariance : dropout.Covariance;

    private Coefficient Test(Contrast contrast) => dropout is null
        ? inference.Test(contrast)
        : contrast.Test(fit.Coefficients, dropout.Covariance, inference.DegreesOfFreedom(contrast.Weights), inference.Level);

    private void Members(JsonResult json)
    {
        if (dropout is not null && staying is not null)
        {
            FitOutput.Coefficients(json, "staying", staying.CoefficientTable());
            json.Objects("weights", dropout.Table(), wave =>
            {
                json.Text("wave", wave.Wave);
                json.Integer("rows", wave.Rows);
                json.Number("min", wave.Smallest);
                json.Number("mean", wave.Average);
                json.Number("max", wave.Largest);
            });
        }

        json.Object("se", () =>
        {
            foreach (var (name, errors) in shown)
            {
                json.Numbers(name, errors);
            }
        });
        if (Ordinal is not null)
        {
            json.Texts("categories", Ordinal.Categories);
        }

        TwoWayOutput.Write(json, TwoWayOutput.Columns(fit.Frame), inference.Ways);
        json.Text("moments", fit.Options.Moments.Name);
        json.Text("biasReduction", fit.Options.BiasReduction.Name);
        json.Number("scale", fit.Scale);
        json.Object("correlation", () =>
        {
            json.Text("structure", fit.Correlation.Name);
            json.Numbers("alpha", fit.Correlation.Alpha);
        });
        json.Object("criteria", () =>
        {
            json.Number("qic", criteria.Qic);
            json.Number("qicu", criteria.Qicu);
            json.Number("cic", criteria.Cic);
        });
        json.Objects("terms", terms, term =>
        {
            json.Text("term", term.Term);
            json.Number("statistic", term.Wald.Statistic);
            json.Integer("rank", term.Wald.Rank);
            json.Number("denominatorDf", term.Wald.DenominatorDegreesOfFreedom);
            json.Number("p", term.Wald.PValue);
        });
        if (Proportional is not null)
        {
            ProportionalOddsOutput.Write(json, Proportional);
        }

        if (scores.Count > 0)
        {
            json.Objects("scoreTests", scores, score =>
            {
                json.Text("hypothesis", score.Label);
                json.Number("statistic", score.Test.Statistic);
                json.Integer("rank", score.Test.Rank);
                json.Number("p", score.Test.PValue);
            });
        }
    }

    private void Details(IAnsiConsole console)
    {
        if (dropout is not null && staying is not null)
        {
            Dropout(console, dropout, staying);
        }

        if (shown.Count > 1)
        {
            Errors(console);
        }

        if (terms.Any(term => term.Wald.Rank > 1))
        {
            Terms(console);
        }

        if (Proportional is not null)
        {
            ProportionalOddsOutput.Write(console, Proportional, Ordinal, inference.Level);
        }

        if (scores.Count > 0)
        {
            var table = new TextTable("Score test", ">Chi-squared", ">df", ">p");
            foreach (var (label, test) in scores)
            {
                table.Row(label, Figures.Fixed(test.Statistic, 2), Figures.Count(test.Rank), Figures.Probability(test.PValue));
            }

            console.WriteLine();
            table.WriteTo(console);
        }

        console.WriteLine();
        TwoWayOutput.Write(console, TwoWayOutput.Columns(fit.Frame), inference.Ways);
        console.WriteLine($"Correlation: {fit.Correlation.Name}{Alpha()}");
        if (Ordinal is not null)
        {
            console.WriteLine("P(Y \u2264 k) = F(threshold \u2212 x\u03B2): a positive coefficient moves to higher categories.");
        }
        else
        {
            console.WriteLine($"Scale: {Figures.Significant(fit.Scale)}{(fit.Options.FixedScale is null ? string.Empty : " (fixed)")}");
        }

        console.WriteLine($"QIC: {Figures.Fixed(criteria.Qic, 1)} \u00B7 QICu: {Figures.Fixed(criteria.Qicu, 1)} \u00B7 CIC: "
            + $"{Figures.Fixed(criteria.Cic, 2)}");
    }
}
