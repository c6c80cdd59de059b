using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare;

/// <summary>Fits one specification both ways and compares what comes out: facts, then reasons, then words.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)"), Cluster = "site" });
/// var comparison = ModelComparer.Compare(frame, new ComparisonOptions
/// {
///     Treatment = "arm",
///     Gee = new GeeOptions { Family = Family.Binomial },
///     Glmm = new GlmmOptions { Family = Family.Binomial },
/// });
/// foreach (var sentence in comparison.Verdict)
/// {
///     Console.WriteLine(sentence);
/// }
/// </code>
/// </example>
public static class ModelComparer
{
    /// <summary>Fits the marginal and the conditional model of a frame and compares them.</summary>
    /// <param name="frame">Shared by both fits. Its coarsest random term has to group as its
    /// clusters do; without random terms the mixed model gets a random intercept.</param>
    /// <param name="options">What to compare and how to fit it.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    public static ModelComparison Compare(ModelFrame frame, ComparisonOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(options);
        GeeFit marginal;
        GlmmFit conditional;
        using (var work = LongWork.Begin("fits of the comparison", 2))
        {
            marginal = GeeFitter.Fit(frame, options.Gee);
            work.Step();
            conditional = GlmmFitter.Fit(frame, options.Glmm);
            work.Step();
        }

        return Compare(marginal, conditional, options);
    }

    /// <summary>Compares two fits of one frame.</summary>
    public static ModelComparison Compare(GeeFit gee, GlmmFit glmm, ComparisonOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(gee);
        ArgumentNullException.ThrowIfNull(glmm);
        ArgumentNullException.ThrowIfNull(options);
        if (!ReferenceEquals(gee.Frame, glmm.Frame) || gee.Options.EffectiveLink != glmm.Link)
        {
            throw new ArgumentException("The fits have to share the frame and the link.", nameof(glmm));
        }

        var effects = TreatmentEffect.Find(gee.Frame.Design, options.Treatment);
        if (effects.Count == 0)
        {
            throw new ArgumentException($"No coefficient of the design belongs to \"{options.Treatment}\".", nameof(options));
        }

        (options, var notes) = TimeQuestion.Of(gee.Frame, options, effects);
        notes = [.. notes, .. InteractionNote.Of(gee.Frame.Design, options.Treatment, effects, options.At, notes)];
        using var work = LongWork.Begin("steps of the comparison", 5);
        var marginal = GeeInference.Of(gee, options.Variance, options.DegreesOfFreedom, options.Level);

        // Arms that change over time are compared within periods or by exposure, not by the clusters' means over all of it.
        var summaries = options.Period is null && options.Exposure is null
            ? ClusterSummarizer.Summarize(gee.Frame, SummaryOptions(options, effects))
            : ClusterSummaries.Empty;
        work.Step();
        var levels = StandardizedResults.Levels(gee.Frame.Recipe, options.Treatment, effects);
        var models = ComparedModels.Of(marginal, glmm, options, effects);
        models = models with
        {
            Notes =
                [.. models.Notes, .. notes, .. new[] { TrialStandardization.NotEstimable(gee.Frame, options, levels) }.OfType<string>()],
        };
        models = models.Beside(summaries);
        work.Step();

        // Of fits that cannot be compared nothing is asked further: no test, no check and no dial would mean anything.
        var comparable = models.Failure is null;
        models = models with
        {
            Laws = comparable && (options.CheckReasons || options.Dials.Contains(Dial.Law)) ? LawSensitivity.Of(models) : null,
        };
        work.Step();
        summaries = summaries with
        {
            SizeTests = [.. comparable ? SizeStep.Of(models.Ladder) : [], .. summaries.SizeTests],
        };
        var checks = comparable && options.CheckReasons
            ? [.. ReasonChecks.Run(models), .. SizeTestSigns.Of(summaries.SizeTests, options.Tolerances.Alpha)]
            : Array.Empty<ReasonCheck>();
        work.Step();
        var dials = comparable ? SensitivityDials.Of(models) : [];
        work.Step();
        return new ModelComparison(models, checks, VerdictText.Of(models, checks), EstimandStatements.Of(models, summaries, dials))
        {
            Summaries = summaries,
            Dials = dials,
        };
    }

    /// <summary>What the cluster-level analysis needs of a comparison's options.</summary>
    private static SummaryOptions SummaryOptions(ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects) => new()
    {
        Treatment = options.Treatment,
        Gee = options.Gee,
        TreatmentColumns = [.. effects.Select(effect => effect.Column)],
        Strata = options.Strata,
        Permutations = options.Permutations,
        Level = options.Level,
        NormalReference = options.NormalReference,
        TestSize = options.CheckReasons,
        Tolerances = options.Tolerances.Summaries,
    };
}
