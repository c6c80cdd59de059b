using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Regression;

/// <summary>From variances of true effects to the fit: coefficients, tests, what is left.</summary>
internal static class MetaRegressionSummary
{
    /// <summary>Makes the fit.</summary>
    /// <param name="data">The studies.</param>
    /// <param name="options">How they are combined.</param>
    /// <param name="scaled">The studies in canonical order and units.</param>
    /// <param name="groupings">The groups of each variance, in that order.</param>
    /// <param name="variances">The variances, in those units.</param>
    /// <param name="convergence">How they were reached.</param>
    public static MetaRegressionFit Of(
        ModeratedStudies data,
        MetaAnalysisOptions options,
        ScaledStudies scaled,
        IReadOnlyList<(string Name, int[] Groups)> groupings,
        double[] variances,
        Convergence convergence)
    {
        var basis = scaled.Basis!;
        var (k, p, unit2) = (scaled.Count, scaled.Columns, scaled.Unit * scaled.Unit);
        (int[] Groups, double Variance)[] components = [.. groupings.Select((grouping, s) => (grouping.Groups, variances[s]))];
        var sets = EffectBlock.Connected(k, [.. components.Select(component => component.Groups)]);
        var regression = BlockRegression.Of(scaled, EffectBlock.Of(sets, scaled.Variances, components));
        var robust = Robust(data, options, scaled, sets, components, regression);
        var multiplier = options.Interval.VarianceMultiplier(regression.Q, k - p);
        var covariance = basis.Covariance(robust is null ? regression.Covariance : robust.Covariance);
        for (var i = 0; i < covariance.Length; i++)
        {
            covariance[i] *= unit2 * (robust is null ? multiplier : 1);
        }

        var coefficients = basis.Coefficients(regression.Coefficients);
        for (var j = 0; j < p; j++)
        {
            coefficients[j] *= scaled.Unit;
        }

        double? degrees = options.Interval.UsesStudent ? k - p : null;
        var units = Enumerable.Range(0, p).Select(j => Enumerable.Range(0, p).Select(i => i == j ? 1.0 : 0).ToArray()).ToArray();
        double[] ofEach = robust is null
            ? degrees is { } all ? [.. Enumerable.Repeat(all, p)] : []
            : [.. units.Select(x => robust.DegreesOfFreedom(basis.Contrast(x)))];
        var plain = basis.Covariance(regression.Covariance);
        double[] errors =
        [
            .. Enumerable.Range(0, p).Select(j => covariance[(j * p) + j] > options.Tolerances.NoVariance * unit2 * plain[(j * p) + j]
                ? Math.Sqrt(covariance[(j * p) + j])
                : double.NaN),
        ];
        var common = scaled.At(0);
        return new MetaRegressionFit(data, options, scaled, covariance, robust, Fitted(data, coefficients))
        {
            Coefficients = new CoefficientTable(data.Names, coefficients, errors, ofEach, options.Level),
            DegreesOfFreedom = degrees,
            Components = !options.Estimator.IsRandom ? [] :
            [
                .. groupings.Select((grouping, s) =>
                    new HeterogeneityComponent(grouping.Name, grouping.Groups.Distinct().Count(), variances[s] * unit2)),
            ],
            Tau2Interval = data.Groupings.Count == 0 && options.Estimator.IsRandom ? MetaAnalysis.QProfile(scaled, options) : null,
            ModeratorTest = Moderators(data, coefficients, covariance, degrees, robust is null ? null : (robust, basis, scaled.Unit)),
            ResidualQ = common.Q,
            ResidualPValue = common.Q > 0 ? ChiSquaredDistribution.UpperTail(common.Q, k - p) : 1,
            R2 = Explained(data, options, variances),
            TypicalVariance = (k - p) / (common.SumWeights - common.Absorbed) * unit2,
            LogLikelihood = LogLikelihood(options, regression, k, p, scaled.Unit),
            Convergence = convergence,
            Warnings = [.. Warnings(data, options, convergence, regression.Q, ofEach), .. NoErrors(errors)],
        };
    }

    /// <summary>The robust variance by clusters, which hold whole blocks; null when it is not asked for.</summary>
    private static RobustVariance? Robust(
        ModeratedStudies data,
        MetaAnalysisOptions options,
        ScaledStudies scaled,
        IReadOnlyList<int[]> sets,
        (int[] Groups, double Variance)[] components,
        BlockRegression regression)
    {
        if (data.ClusterName is null)
        {
            return null;
        }

        var clusters = new int[scaled.Count];
        for (var i = 0; i < clusters.Length; i++)
        {
            clusters[i] = data.Clusters[scaled.Order[i]];
        }

        if (sets.Any(set => set.Any(i => clusters[i] != clusters[set[0]])))
        {
            throw new InputException($"A group of the random effects has effects in several clusters of {data.ClusterName}.")
            {
                Hint = "The clusters of robust variances hold whole groups; name the coarsest grouping by --cluster.",
            };
        }

        var members = EffectBlock.Connected(scaled.Count, [clusters]);
        return members.Count > scaled.Columns
            ? RobustVariance.Of(scaled, EffectBlock.Of(members, scaled.Variances, components), regression, options.Tolerances)
            : throw new InputException(FormattableString.Invariant(
                $"Robust variances need more clusters than coefficients; {data.ClusterName} has {members.Count} for {scaled.Columns}."));
    }

    /// <summary>The test of all columns but the intercept; null without any.</summary>
    public static WaldTest? Moderators(
        ModeratedStudies data,
        double[] coefficients,
        double[] covariance,
        double? degrees,
        (RobustVariance Variance, ModeratorBasis Basis, double Unit)? robust)
    {
        var p = coefficients.Length;
        int[] tested = [.. Enumerable.Range(0, p).Where(j => data.Names[j] != DesignMatrix.InterceptName)];
        if (tested.Length == 0)
        {
            return null;
        }

        double[][] rows = [.. tested.Select(j => Enumerable.Range(0, p).Select(i => i == j ? 1.0 : 0).ToArray())];
        return robust is var (variance, basis, unit)
            ? variance.Joint([.. rows.Select(row => basis.Contrast(row))], [.. tested.Select(j => coefficients[j] / unit)])
            : WaldTest.Joint([.. rows.Select((row, i) => new Contrast(data.Names[tested[i]], row))], coefficients, covariance, degrees);
    }

    /// <summary>R², where there is one variance, and something to explain.</summary>
    private static double? Explained(ModeratedStudies data, MetaAnalysisOptions options, double[] variances)
    {
        if (data.Groupings.Count > 0 || !options.Estimator.IsRandom || data.Names.Count == 1
            || !data.Names.Contains(DesignMatrix.InterceptName))
        {
            return null;
        }

        var alone = ScaledStudies.From(data.Studies);
        var without = options.Estimator.Estimate(alone, options.Tolerances).Tau2;
        return without > 0 ? Math.Max(0, 100 * (without - variances[0]) / without) : null;
    }

    /// <summary>In the units of the effects, the restricted one with log |XᵀX|/2, as metafor has it.</summary>
    private static double? LogLikelihood(MetaAnalysisOptions options, BlockRegression regression, int k, int p, double unit)
    {
        var restricted = options.Estimator == HeterogeneityEstimator.Restricted;
        if (!restricted && options.Estimator != HeterogeneityEstimator.MaximumLikelihood)
        {
            return null;
        }

        var n = restricted ? k - p : k;
        return (-0.5 * (regression.LogDeterminant + regression.Q + (restricted ? regression.LogInformation : 0)))
            - (0.5 * n * Math.Log(2 * Math.PI)) - (n * Math.Log(unit));
    }

    /// <summary>The means of the studies.</summary>
    public static double[] Fitted(ModeratedStudies data, double[] coefficients)
    {
        var fitted = new double[data.Studies.Count];
        for (var i = 0; i < fitted.Length; i++)
        {
            for (var j = 0; j < coefficients.Length; j++)
            {
                fitted[i] += coefficients[j] * data.Moderator(i, j);
            }
        }

        return fitted;
    }

    /// <summary>What is to be known of the studies and their moderators, whatever the model, one sentence each.</summary>
    public static IEnumerable<string> OfData(ModeratedStudies data) =>
        data.Studies.Notes.Concat(data.Frame.Notes).Concat(FewStudies(data));

    private static IEnumerable<string> FewStudies(ModeratedStudies data)
    {
        var (k, p) = (data.Studies.Count, data.Names.Count);
        if (k < 10 * (p - 1))
        {
            yield return FormattableString.Invariant($"There are {k} studies for {p - 1} {(p == 2 ? "moderator" : "moderators")}; with ")
                + "fewer than ten a moderator chance finds differences easily.";
        }
    }

    private static IEnumerable<string> NoErrors(double[] errors) => errors.Any(double.IsNaN)
        ? ["The effects fit so well that their residuals say nothing about errors: a standard error from residuals would be 0."]
        : [];

    private static IEnumerable<string> Warnings(
        ModeratedStudies data, MetaAnalysisOptions options, Convergence convergence, double q, double[] degrees)
    {
        foreach (var note in data.Studies.Notes.Concat(data.Frame.Notes))
        {
            yield return note;
        }

        if (convergence.Message.Length > 0)
        {
            yield return convergence.Message;
        }

        var (k, p) = (data.Studies.Count, data.Names.Count);
        foreach (var note in FewStudies(data))
        {
            yield return note;
        }

        if (options.Interval == MeanInterval.HartungKnapp && q < k - p - options.Tolerances.Agreement)
        {
            yield return "The studies agree better than their sampling errors suggest, which makes the Hartung-Knapp standard errors "
                + "smaller than the usual ones; those of --ci hartung-knapp-adhoc never are.";
        }

        if (data.ClusterName is not null && degrees.Any(df => df < options.Tolerances.FewDegrees))
        {
            yield return "A robust variance has fewer than four degrees of freedom: its interval is unreliable, and more clusters are what "
                + "would help.";
        }
    }
}
