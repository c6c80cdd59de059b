using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
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

    /// <summary>The sandwich over two ways of clustering, of all parameters; null over one way or none.</summary>
    public TwoWaySandwich? Ways { get; private init; }

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
        return new GlmmInference(fit, robust, Corner(fit, joint), joint);
    }

    /// <summary>Inference with the sandwich over clusters that contain every group of the random effects, by one way or two.</summary>
    /// <param name="fit">A fit with a covariance and finite estimates.</param>
    /// <param name="ways">One grouping that the fit's frame was asked for, or two.</param>
    /// <param name="factor">The factor for few clusters of two ways; null (the default) for none.</param>
    /// <exception cref="ArgumentException">The fit was made without a covariance, or there are not one or two ways.</exception>
    /// <exception cref="InputException">
    /// Groups of the random effects reach across the clusters of a way, or the estimates are not finite.
    /// </exception>
    public static GlmmInference Of(GlmmFit fit, IReadOnlyList<string> ways, WayFactor? factor = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(ways);
        if (fit.JointCovariance.IsEmpty || ways.Count is 0 or > 2)
        {
            throw new ArgumentException("The fit has no covariance, or there are not one or two ways.", nameof(ways));
        }

        if (fit.HasInfiniteEstimates)
        {
            throw new InputException("Robust standard errors over clusters of --cluster need finite estimates, and there are none here.")
            {
                Hint = "Leave out --cluster, or add --penalty 2.5.",
            };
        }

        var two = ways.Count == 1 ? null : TwoWaySandwich.Of(
            fit.JointCovariance, fit.ClusterScores, ScoredClusters.Of(fit, ways[0]), ScoredClusters.Of(fit, ways[1]),
            factor ?? WayFactor.None);
        var joint = two is null ? ScoredClusters.OneWay(fit, ways[0]) : two.Covariance.ToArray();
        return new GlmmInference(fit, true, Corner(fit, joint), joint) { Ways = two };
    }

    /// <summary>Refuses ways of clustering that do not contain the groups of a frame's random effects; before a fit.</summary>
    /// <param name="frame">The frame, which was asked for the ways as groupings.</param>
    /// <param name="ways">The groupings.</param>
    /// <exception cref="InputException">Some group lies in several clusters of a way.</exception>
    public static void RequireContained(ModelFrame frame, IReadOnlyList<string> ways)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(ways);
        foreach (var way in ways)
        {
            ScoredClusters.Require(frame, way);
        }
    }

    private static double[] Corner(GlmmFit fit, double[] joint)
    {
        var p = fit.Coefficients.Length;
        var corner = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            joint.AsSpan(i * fit.ParameterCount, p).CopyTo(corner.AsSpan(i * p));
        }

        return corner;
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

    /// <summary>The fit, and which standard errors are asked of it.</summary>
    public override string ToString() => $"{Fit}; {(Robust ? "robust" : "model")} standard errors";
}
