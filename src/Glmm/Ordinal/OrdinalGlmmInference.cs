using MarginalConditional.Data;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>Wald tests and intervals of the fixed parameters of a fitted cumulative mixed model, on the link scale. Immutable.</summary>
public sealed class OrdinalGlmmInference
{
    private readonly double[] joint;
    private readonly double[] covariance;

    private OrdinalGlmmInference(OrdinalGlmmFit fit, bool robust, double[] joint)
    {
        Fit = fit;
        Robust = robust;
        this.joint = joint;
        var p = fit.Layout.Count;
        covariance = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            joint.AsSpan(i * fit.ParameterCount, p).CopyTo(covariance.AsSpan(i * p));
        }
    }

    /// <summary>The fit.</summary>
    public OrdinalGlmmFit Fit { get; }

    /// <summary>Whether the covariance is the sandwich's, valid when the distribution of the random effects is wrong.</summary>
    public bool Robust { get; }

    /// <summary>The covariance of thresholds and coefficients, p×p, row-major.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The covariance of all parameters ψ, m×m, row-major.</summary>
    public ReadOnlySpan<double> JointCovariance => joint;

    /// <summary>Inference about the parameters of a fit.</summary>
    /// <param name="fit">A fit with a covariance.</param>
    /// <param name="robust">False, the default, for the inverse of the observed information; true for the sandwich by clusters.</param>
    /// <exception cref="ArgumentException">The fit was made without a covariance.</exception>
    /// <exception cref="InputException">Random effects reach across the clusters.</exception>
    public static OrdinalGlmmInference Of(OrdinalGlmmFit fit, bool robust = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty)
        {
            throw new ArgumentException("The fit was made without a covariance.", nameof(fit));
        }

        if (robust && fit.ClusterScores.IsEmpty && !fit.HasInfiniteEstimates)
        {
            throw new InputException("Robust standard errors need independent clusters, and the random effects reach across values of "
                + $"{fit.Frame.Clusters.Name}.")
            {
                Hint = "Leave out --se.",
            };
        }

        return new OrdinalGlmmInference(
            fit,
            robust,
            robust && !fit.HasInfiniteEstimates
                ? RobustCovariance.Of(fit.JointCovariance, fit.ClusterScores, fit.ParameterCount)
                : fit.JointCovariance.ToArray());
    }

    /// <summary>The table of thresholds and coefficients.</summary>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public CoefficientTable Table(double level = 0.95)
    {
        var p = Fit.Layout.Count;
        double[] errors = [.. Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j * (p + 1)]))];
        return new CoefficientTable(Fit.Layout.Names, Fit.FixedParameters, errors, level: level);
    }

    /// <summary>Estimate, test and interval of one contrast.</summary>
    /// <param name="contrast">p weights with a label.</param>
    /// <param name="level">The interval's level, in (0, 1).</param>
    public Coefficient Test(Contrast contrast, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        return contrast.Test(Fit.FixedParameters, covariance, null, level);
    }

    /// <summary>The joint test of each term of the formula, all its coefficients at once.</summary>
    public IReadOnlyList<(string Term, WaldTest Test)> TermTests() =>
    [
        .. Fit.Frame.Design.PredictorTerms.Select(term => (
            term,
            WaldTest.Joint(Contrast.OfTerm(Fit.Layout.Names, Fit.Layout.Terms, term), Fit.FixedParameters, covariance))),
    ];

    /// <summary>The fit, and which standard errors are asked of it.</summary>
    public override string ToString() => $"{Fit}; {(Robust ? "robust" : "model")} standard errors";
}
