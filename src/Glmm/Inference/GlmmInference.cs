using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Inference;

/// <summary>Wald tests and intervals of the coefficients of a fitted mixed model, on the link scale. Immutable.</summary>
/// <remarks>They refer to the normal and χ²; for profile-likelihood intervals see <see cref="Profiles.GlmmProfiles"/>.</remarks>
public sealed class GlmmInference
{
    private readonly double[] covariance;
    private readonly double[] joint;

    private GlmmInference(GlmmFit fit, bool robust, double[] covariance, double[] joint)
    {
        this.joint = joint;
        Fit = fit;
        Robust = robust;
        this.covariance = covariance;
    }

    /// <summary>The fit.</summary>
    public GlmmFit Fit { get; }

    /// <summary>Whether the covariance is the sandwich's, valid when the distribution of the random effects is wrong.</summary>
    public bool Robust { get; }

    /// <summary>The covariance of β that tests use, p×p, row-major.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The covariance of all parameters ψ that goes with it, m×m, row-major.</summary>
    public ReadOnlySpan<double> JointCovariance => joint;

    /// <summary>Inference about the coefficients of a fit.</summary>
    /// <param name="fit">A fit with a covariance.</param>
    /// <param name="robust">False, the default, for the inverse of the observed
    /// information; true for the sandwich of <see cref="RobustCovariance"/>.</param>
    /// <exception cref="ArgumentException">The fit was made without a covariance.</exception>
    public static GlmmInference Of(GlmmFit fit, bool robust = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty)
        {
            throw new ArgumentException("The fit was made without a covariance.", nameof(fit));
        }

        var joint = robust ? Sandwich(fit) : fit.JointCovariance.ToArray();
        var p = fit.Coefficients.Length;
        var corner = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            joint.AsSpan(i * fit.ParameterCount, p).CopyTo(corner.AsSpan(i * p));
        }

        return new GlmmInference(fit, robust, corner, joint);
    }

    private static double[] Sandwich(GlmmFit fit) => fit switch
    {
        { Separated: null } => RobustCovariance.Of(fit),
        { Finite: { } finite } => fit.Separated.SpreadMatrix(RobustCovariance.Of(finite)),
        _ => fit.JointCovariance.ToArray(),
    };

    /// <summary>The table of coefficients.</summary>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public CoefficientTable Table(double level = 0.95)
    {
        var p = Fit.Coefficients.Length;
        double[] errors = [.. Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j * (p + 1)]))];
        return new CoefficientTable(Fit.Frame.Design.Names, Fit.Coefficients, errors, level: level);
    }

    /// <summary>
    /// The coefficients of the log odds of excess zeros; none without such zeros, or where their probability is estimated as 0.
    /// </summary>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public IReadOnlyList<Coefficient> InflationTable(double level = 0.95)
    {
        if (!Fit.HasExcessZeros)
        {
            return [];
        }

        var (m, start) = (Fit.ParameterCount, Fit.Model.Map.InflationStart);
        return
        [
            .. Enumerable.Range(0, Fit.InflationCoefficients.Length).Select(j => Coefficient.Wald(
                Fit.Frame.Inflation?.Names[j] ?? DesignMatrix.InterceptName,
                Fit.InflationCoefficients[j],
                Math.Sqrt(joint[(start + j) * (m + 1)]),
                null,
                level)),
        ];
    }

    /// <summary>Estimate, test and interval of one contrast.</summary>
    /// <param name="contrast">p weights with a label.</param>
    /// <param name="level">The interval's level, in (0, 1).</param>
    public Coefficient Test(Contrast contrast, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        return contrast.Test(Fit.Coefficients, covariance, null, level);
    }

    /// <summary>The joint test that several contrasts are zero.</summary>
    /// <param name="contrasts">Rows of length p.</param>
    public WaldTest Test(IReadOnlyList<Contrast> contrasts) => WaldTest.Joint(contrasts, Fit.Coefficients, covariance);

    /// <summary>The joint test of each term of the formula, all its coefficients at once, the intercept left out.</summary>
    public IReadOnlyList<(string Term, WaldTest Test)> TermTests()
    {
        var design = Fit.Frame.Design;
        return
        [
            .. design.PredictorTerms
                .Select(term => (term, Test(Contrast.OfTerm(design.Names, design.Terms, term)))),
        ];
    }
}
