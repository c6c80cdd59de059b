using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Meta.Regression;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Meta.Exact;

/// <summary>Moderators in the exact models: the counts' own likelihood, the effect of a study xᵢᵀβ + bᵢ in place of μ + bᵢ.</summary>
/// <remarks>
/// <see cref="ExactMetaAnalysis"/> has the models; of two arms the moderators are columns of their product with the treatment, beside an
/// intercept a study (<c>rma.glmm</c> of metafor with <c>model = "UM.FS"</c> and <c>coding = 1/2</c>). Residual homogeneity is judged by
/// effects with a correction for zeros, as in the model without moderators.
/// </remarks>
public static class ExactMetaRegression
{
    /// <summary>Regresses log odds ratios.</summary>
    /// <param name="counts">Whole numbers.</param>
    /// <param name="moderators">Gives the studies that are informative their moderators.</param>
    /// <param name="options">Level and prediction.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A count is not whole, too few studies are informative, or effects are grouped.</exception>
    public static MetaRegressionFit Fit(
        StudyCounts counts, Func<StudyEffects, ModeratedStudies> moderators, MetaAnalysisOptions options, int threads = 0,
        CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(ExactStudies.Of(counts), moderators, options, threads);
    }

    /// <summary>Regresses log rate ratios.</summary>
    /// <param name="rates">Events are whole numbers.</param>
    /// <param name="moderators">Gives the studies that are informative their moderators.</param>
    /// <param name="options">Level and prediction.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A number is not whole, too few studies are informative, or effects are grouped.</exception>
    public static MetaRegressionFit Fit(
        StudyRates rates, Func<StudyEffects, ModeratedStudies> moderators, MetaAnalysisOptions options, int threads = 0,
        CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(ExactStudies.Of(rates), moderators, options, threads);
    }

    /// <summary>Regresses logits of proportions, or logarithms of rates, of one arm.</summary>
    /// <param name="arms">Events are whole numbers.</param>
    /// <param name="moderators">Gives the studies their moderators.</param>
    /// <param name="options">Level and prediction.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A number is not whole, there are too few studies, or effects are grouped.</exception>
    public static MetaRegressionFit Fit(
        StudyArms arms, Func<StudyEffects, ModeratedStudies> moderators, MetaAnalysisOptions options, int threads = 0,
        CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(moderators);
        var exact = ExactArms.Of(arms);
        var data = Moderated(moderators, exact.Effects);
        var frame = exact.Keep(Places(exact.Effects, data)).Frame(data.Names, data.Design);
        return Summarize(data, options, Fitted(frame, exact.Family, ExactMetaAnalysis.ArmNodes, threads), arms.ReadingNotes);
    }

    private static MetaRegressionFit Fit(
        ExactStudies studies, Func<StudyEffects, ModeratedStudies> moderators, MetaAnalysisOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(moderators);
        var data = Moderated(moderators, studies.Effects);
        var frame = studies.Keep(Places(studies.Effects, data)).Frame(data.Names, data.Design);
        return Summarize(
            data,
            options,
            Fitted(frame, studies.Family, ExactMetaAnalysis.Nodes, threads),
            [.. studies.Notes, .. StudyNotes.OfUninformative(studies.Uninformative)]);
    }

    private static ModeratedStudies Moderated(Func<StudyEffects, ModeratedStudies> moderators, StudyEffects effects)
    {
        var data = moderators(effects);
        return data.Groupings.Count == 0 && data.ClusterName is null
            ? data
            : throw new InputException("The exact model has one effect a study.")
            {
                Hint = "Leave --random and --cluster out, or say --method REML.",
            };
    }

    /// <summary>Where the studies with known moderators stand among the informative ones.</summary>
    private static int[] Places(StudyEffects effects, ModeratedStudies data)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < effects.Count; i++)
        {
            places[effects.Rows[i]] = i;
        }

        return [.. data.Studies.Rows.Select(row => places[row])];
    }

    private static GlmmFit Fitted(ModelFrame frame, Family family, int nodes, int threads) =>
        GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Nodes = nodes, Threads = threads });

    private static MetaRegressionFit Summarize(
        ModeratedStudies data, MetaAnalysisOptions options, GlmmFit fit, IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (k, p, all) = (data.Studies.Count, data.Names.Count, fit.Coefficients.Length);
        var joint = GlmmInference.Of(fit).Covariance;
        var covariance = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            joint.Slice(((all - p + j) * all) + all - p, p).CopyTo(covariance.AsSpan(j * p));
        }

        var coefficients = fit.Coefficients[^p..].ToArray();
        var scaled = ScaledStudies.From(data.Studies, data.Design, p);
        var common = scaled.At(0);
        double[] errors = [.. Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j * (p + 1)]))];
        return new MetaRegressionFit(data, options, scaled, covariance, null, MetaRegressionSummary.Fitted(data, coefficients))
        {
            IsExact = true,
            Coefficients = new CoefficientTable(data.Names, coefficients, errors, [], options.Level),
            DegreesOfFreedom = null,
            Components = [new HeterogeneityComponent("study", k, fit.RandomEffects[0].Covariance[0])],
            Tau2Interval = options.ProfilesTau2 ? ExactMetaAnalysis.Tau2Interval(fit, options.Level) : null,
            ModeratorTest = MetaRegressionSummary.Moderators(data, coefficients, covariance, null, null),
            ResidualQ = common.Q,
            ResidualPValue = common.Q > 0 ? ChiSquaredDistribution.UpperTail(common.Q, k - p) : 1,
            R2 = null,
            TypicalVariance = (k - p) / (common.SumWeights - common.Absorbed) * scaled.Unit * scaled.Unit,
            LogLikelihood = fit.LogLikelihood,
            Convergence = fit.Convergence,
            Warnings = [.. notes, .. fit.Warnings, .. MetaRegressionSummary.OfData(data)],
        };
    }
}
