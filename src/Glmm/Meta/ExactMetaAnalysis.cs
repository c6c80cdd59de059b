using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Meta;

/// <summary>Combines odds ratios by the binomial–normal model: the counts' own likelihood, no normal approximation, no correction of zero cells.</summary>
/// <remarks>
/// Events in an arm are binomial with logit αᵢ + (μ + bᵢ)x, an intercept αᵢ a study, bᵢ ~ N(0, τ²); the random part is coded x = ±½, so that
/// both arms vary alike (model 4 of Jackson et al. 2018; Turner et al. 2000). Fitted by adaptive Gauss–Hermite quadrature. Studies without
/// events, or without non-events, in both arms say nothing about the odds ratio and are left out.
/// </remarks>
public static class ExactMetaAnalysis
{
    /// <summary>Quadrature nodes: one dimension, so many cost little.</summary>
    private const int Nodes = 25;

    /// <summary>Fits the model to the counts of at least two informative studies.</summary>
    /// <param name="counts">Whole numbers.</param>
    /// <param name="options">Level and prediction; the estimator of τ² and the kind of interval have no part: maximum likelihood, Wald.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <exception cref="InputException">A count is not a whole number, or fewer than two studies are informative.</exception>
    public static MetaAnalysisFit Fit(StudyCounts counts, MetaAnalysisOptions options, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(options);
        counts.RequireWholeNumbers();
        var studies = counts.Effects(EffectMeasure.OddsRatio, new ZeroCells { DropDoubleZero = true });
        TwoByTwo[] tables = [.. counts.Tables.Where(table => !table.IsDoubleZero)];
        if (tables.Length < 2)
        {
            throw new InputException($"{tables.Length} of {counts.Tables.Count} studies have an event and a non-event, and at least two are needed to combine.");
        }

        var fit = GlmmFitter.Fit(Frame(tables), new GlmmOptions { Family = Family.Binomial, Nodes = Nodes, Threads = threads });
        return Summarize(studies, counts.Tables.Count - tables.Length, options, fit);
    }

    /// <summary>Two rows a study: treatment, then control. Columns: an intercept a study, and the treatment.</summary>
    private static ModelFrame Frame(TwoByTwo[] tables)
    {
        int k = tables.Length, n = 2 * k;
        var design = new double[n * (k + 1)];
        double[] response = new double[n], trials = new double[n], halves = new double[n];
        int[] groups = new int[n], offsets = new int[k + 1];
        for (var i = 0; i < k; i++)
        {
            int treated = 2 * i, control = treated + 1;
            response[treated] = tables[i].TreatmentEvents / tables[i].TreatmentTotal;
            response[control] = tables[i].ControlEvents / tables[i].ControlTotal;
            (trials[treated], trials[control]) = (tables[i].TreatmentTotal, tables[i].ControlTotal);
            (halves[treated], halves[control]) = (0.5, -0.5);
            (groups[treated], groups[control], offsets[i + 1]) = (i, i, treated + 2);
            design[(i * n) + treated] = design[(i * n) + control] = design[(k * n) + treated] = 1;
        }

        string[] names = [.. Enumerable.Range(1, k).Select(i => $"study {i}"), "treatment"];
        static string Label(int study) => $"study {study + 1}";
        return new ModelFrame(new DesignMatrix(n, names, design, names), response, new Clusters("study", offsets, Label))
        {
            TrialsArray = trials,
            RandomTerms = [new RandomTermDesign("study", groups, k, Label, ["treatment"], halves, correlated: true)],
        };
    }

    private static MetaAnalysisFit Summarize(StudyEffects studies, int uninformative, MetaAnalysisOptions options, GlmmFit fit)
    {
        var k = studies.Count;
        var effect = fit.RandomEffects[0];
        double mean = fit.Coefficients[k], error = fit.StandardErrors[k], tau2 = effect.Covariance[0];
        var critical = MetaAnalysis.Quantile(null, options.Level);
        var shrunken = new StudyShrinkage[k];
        for (var i = 0; i < k; i++)
        {
            var modeError = effect.ModeStandardErrors[i];
            var weight = tau2 > 0 ? Math.Max(0, 1 - (modeError * modeError / tau2)) : 0;
            var spread = Math.Sqrt((modeError * modeError) + ((1 - weight) * (1 - weight) * error * error));
            shrunken[i] = new StudyShrinkage(weight, mean + effect.Modes[i], spread, Interval.Around(mean + effect.Modes[i], critical * spread), null);
        }

        var common = PooledMoments.At(0, studies.Estimates, studies.Variances);
        var typicalVariance = (k - 1) * common.SumWeights / ((common.SumWeights * common.SumWeights) - common.SumSquaredWeights);
        return new MetaAnalysisFit(studies, options, shrunken)
        {
            IsExact = true,
            Estimate = mean,
            StandardError = error,
            Statistic = mean / error,
            DegreesOfFreedom = null,
            PValue = MetaAnalysis.PValue(mean / error, null),
            ConfidenceInterval = Interval.Around(mean, critical * error),
            PredictionInterval = Interval.Around(mean, MetaAnalysis.PredictionQuantile(options, k, critical) * Math.Sqrt((error * error) + tau2)),
            Tau2 = tau2,
            Tau2Interval = null,
            Q = common.Q,
            QPValue = common.Q > 0 ? MetaAnalysis.UpperTail(common.Q, k - 1) : 1,
            I2 = 100 * tau2 / (tau2 + typicalVariance),
            H2 = 1 + (tau2 / typicalVariance),
            TypicalVariance = typicalVariance,
            Convergence = fit.Convergence,
            Warnings =
            [
                .. uninformative == 0 ? Array.Empty<string>() : [$"{uninformative} studies with no event (or nothing but events) in both arms say nothing about the odds ratio and were left out."],
                .. fit.Warnings,
            ],
        };
    }
}
