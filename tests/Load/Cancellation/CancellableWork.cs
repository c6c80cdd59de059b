using System.Globalization;
using System.Reflection;
using System.Text;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Lmm.Pseudo;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Load.Data;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Load.Cancellation;

/// <summary>Everything of the libraries that takes long, on a small trial: what it finds, as text that holds every bit.</summary>
internal static class CancellableWork
{
    private static readonly Lazy<Dataset> Trial = new(() => Drawn(1));

    private static readonly GeeOptions Gee = new() { Family = Family.Binomial, Threads = 1 };
    private static readonly GlmmOptions Glmm = new() { Family = Family.Binomial, Nodes = 5, Threads = 1 };
    private static readonly RandomInterceptOptions Intercept = new() { Family = Family.Binomial, Nodes = 9, Threads = 1 };

    private static readonly LmmOptions Lmm = new() { Threads = 1 };
    private static readonly ComparisonOptions Comparison = new() { Treatment = "trt", Gee = Gee, Glmm = Glmm };
    private static readonly OrdinalComparisonOptions OrderedComparison = new()
    {
        Treatment = "trt",
        Gee = new OrdinalGeeOptions { Threads = 1 },
        Glmm = new OrdinalGlmmOptions { Nodes = 5, Threads = 1 },
    };

    private static readonly Lazy<GlmmFit> Fitted = new(() => GlmmFitter.Fit(Frame("yb ~ trt + x + (1 | id)"), Glmm));
    private static readonly Lazy<PairDesign> Pairs = new(() => PairDesign.Exchangeable(Frame("yb ~ trt + x")));

    /// <summary>The work by name.</summary>
    public static IReadOnlyDictionary<string, Func<CancellationToken, string>> All { get; } =
        new SortedDictionary<string, Func<CancellationToken, string>>(StringComparer.Ordinal)
        {
            ["gee"] = token => Bits(GeeFitter.Fit(Frame("yb ~ trt * time + x"), Gee, token).Coefficients),
            ["gee, count of unknown variance"] = token => Bits(
                NegativeBinomialFitter.Fit(
                    Frame("yc ~ trt + x"), Gee with { Family = Family.NegativeBinomial(1) }, token).Fit.Coefficients),
            ["gee, ordered outcome"] = token => Bits(
                OrdinalGeeFitter.Fit(Ordered("yo ~ trt + x"), new OrdinalGeeOptions { Threads = 1 }, token).Indicators.Coefficients),
            ["glmm"] = token => Bits(GlmmFitter.Fit(Frame("yb ~ trt * time + x + (1 | id)"), Glmm, token).Coefficients),
            ["glmm, crossed"] = token => Bits(
                GlmmFitter.Fit(Frame("yb ~ trt + x + (1 | id) + (1 | time)"), Glmm with { Nodes = 1 }, token).Coefficients),
            ["glmm, nested"] = token => Bits(GlmmFitter.Fit(Frame("yb ~ trt + x + (1 | site/id)"), Glmm, token).Coefficients),
            ["lmm"] = token => Bits(LmmFitter.Fit(Frame("y ~ trt * time + x + (time | id)"), Lmm, token).Coefficients),
            ["lmm, crossed"] = token => Bits(LmmFitter.Fit(Frame("y ~ trt + x + (1 | id) + (1 | time)"), Lmm, token).Coefficients),
            ["lmm, residual structure"] = token => Bits(
                LmmFitter.Fit(Frame("y ~ trt + x"), Lmm with { Residual = ResidualStructure.Unstructured }, token).Coefficients),
            ["pseudo-likelihood"] = token => Bits(
                PseudoLikelihoodFitter.Fit(
                    Frame("yb ~ trt + x + (1 | id)"),
                    new PseudoLikelihoodOptions { Family = Family.Binomial, Threads = 1 },
                    token).Coefficients),
            ["glmm, ordered outcome"] = token => Bits(
                OrdinalGlmmFitter.Fit(
                    Ordered("yo ~ trt + x + (1 | id)"), new OrdinalGlmmOptions { Nodes = 5, Threads = 1 }, token).Parameters),
            ["one intercept, marginalized"] = token => Bits(
                RandomInterceptFitter.FitMarginalized(Frame("yb ~ trt + x"), Intercept, token).Coefficients),
            ["one intercept, bridge"] = token => Bits(
                RandomInterceptFitter.FitBridge(Frame("yb ~ trt + x"), Intercept, token).Coefficients),
            ["alternating logistic regressions"] = token => Bits(
                AlternatingLogistic.Fit(Frame("yb ~ trt + x"), Pairs.Value, new AssociationOptions(), token).Coefficients),
            ["comparison"] = token => Bits(ModelComparer.Compare(Frame("yb ~ trt + x"), Comparison, token).Marginalized.Estimates),
            ["comparison, ordered outcome"] = token => Bits(
                OrdinalModelComparer.Compare(
                    Ordered("yo ~ trt + x"), OrderedComparison, token).Glmm.Parameters),
            ["comparison by person"] = token => Bits(
                PersonComparer.Compare(
                    Frame("yb ~ trt + x", cluster: null),
                    new PersonOptions { Treatment = "trt", Family = Family.Binomial, Threads = 1 },
                    token).Fit.Coefficients),
            ["clusters' own means"] = token => Bits([.. ClusterSummarizer.Summarize(
                Frame("yb ~ trt", "site"),
                new SummaryOptions { Treatment = "trt", Gee = Gee, Permutations = 2000 },
                token).Estimates.Select(row => row.Inference.Estimate)]),
            ["bootstrap"] = token => Bits(
                [ParametricBootstrap.Run(Fitted.Value, 10, 1, threads: 1, cancellation: token).StandardError(0)]),
            ["profile of a mixed model"] = token => Scoped(
                token, () => Bits([GlmmProfiles.OfCoefficient(Fitted.Value, 1).Lower])),
            ["profile of a linear mixed model"] = token => Scoped(
                token, () => Bits([.. ProfileIntervals.Of(LmmFitter.Fit(Frame("y ~ trt + (1 | id)"), Lmm)).Select(x => x.Lower)])),
            ["units beside each other"] = token => Bits(
                [.. UnitProfiler.Profile(GlmmFitter.Fit(Frame("yb ~ trt + (1 | site)"), Glmm), new ProfileOptions(), token).Units
                    .Select(unit => unit.ExpectedRank)]),
        };

    /// <summary>The libraries whose work it is.</summary>
    public static IReadOnlyList<Assembly> Libraries { get; } =
    [
        typeof(GeeFitter).Assembly, typeof(GlmmFitter).Assembly, typeof(LmmFitter).Assembly, typeof(ModelComparer).Assembly,
        typeof(UnitProfiler).Assembly,
    ];

    /// <summary>The frame of a formula, on one trial or on many times its people.</summary>
    public static ModelFrame Frame(string formula, string? cluster = "id", int copies = 1) =>
        ModelFrameBuilder.Build(copies == 1 ? Trial.Value : Drawn(copies), Request(formula) with { Cluster = cluster });

    private static ModelFrame Ordered(string formula) =>
        ModelFrameBuilder.Build(Trial.Value, Request(formula) with { HasOrderedOutcome = true });

    private static FrameRequest Request(string formula) =>
        new() { Formula = FormulaParser.Parse(formula), Cluster = "id", Wave = "time", Auxiliary = ["trt"] };

    private static Dataset Drawn(int copies)
    {
        using var text = new StringWriter { NewLine = "\n" };
        LargeTrial.Write(text, 480 * copies, 4, people: 10);
        return DatasetReader.Read("trial.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Scoped(CancellationToken token, Func<string> work)
    {
        using var scope = CancellationScope.Enter(token);
        return work();
    }

    /// <summary>Numbers as text that differs when a bit does.</summary>
    private static string Bits(ReadOnlySpan<double> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(value):X16} ");
        }

        return text.ToString();
    }
}
