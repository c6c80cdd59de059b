using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// A law of the random intercept with mean 0 and standard deviation σ: normal, bridge, Student's t with five degrees of freedom, or two
/// points.
/// </summary>
/// <remarks>
/// Each has an exact likelihood by one-dimensional quadrature and exact means over the clusters, <see cref="MeanAt"/>. Normal, t and two
/// points are laws of σu with u free of σ, so that σ = 0 is an ordinary point and the sign of σ does not matter.
/// </remarks>
public abstract partial class InterceptLaw
{
    private protected static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    private InterceptLaw()
    {
    }

    /// <summary>Normal.</summary>
    public static InterceptLaw Normal { get; } = new NormalLaw();

    /// <summary>
    /// The bridge distribution of the logit link (Wang and Louis 2003): marginal means are expit(φη) with φ = (1 + 3σ²/π²)^−½.
    /// </summary>
    public static InterceptLaw Bridge { get; } = new BridgeLaw();

    /// <summary>Student's t with five degrees of freedom and standard deviation σ: clusters far from the others are likelier.</summary>
    public static InterceptLaw StudentT5 { get; } = new StudentLaw();

    /// <summary>σ or −σ, each with probability ½: two kinds of clusters.</summary>
    public static InterceptLaw TwoPoints { get; } = new TwoPointLaw();

    /// <summary>The law in a few words, such as "normal".</summary>
    public abstract string Name { get; }

    /// <summary>Whether σ may be any number; else it has to be positive.</summary>
    public virtual bool IsScaleFamily => true;

    /// <summary>Whether the law has no density: its likelihood is a sum and needs no nodes.</summary>
    public bool IsDiscrete => !Atoms.IsEmpty;

    /// <summary>Whether the law is one of the link: the bridge is that of the logit alone.</summary>
    /// <param name="link">g.</param>
    public virtual bool Allows(Link link) => true;

    /// <summary>E g⁻¹(η + b) over the law, with its slopes in η and σ.</summary>
    /// <param name="link">g.</param>
    /// <param name="predictor">η, finite, link scale.</param>
    /// <param name="deviation">σ &gt; 0, link scale.</param>
    /// <exception cref="ArgumentException">The mean does not exist, or the law is not one of the link.</exception>
    public abstract MarginalPoint MeanAt(Link link, double predictor, double deviation);

    /// <summary>The places u of b = σu where the law is discrete, equally likely; empty for a density.</summary>
    internal virtual ReadOnlySpan<double> Atoms => [];

    /// <summary>How many numbers <see cref="Prepare"/> writes.</summary>
    internal virtual int ConstantCount => 1;

    /// <summary>What depends on σ alone.</summary>
    /// <param name="sigma">σ.</param>
    /// <param name="constants">Receives <see cref="ConstantCount"/> numbers.</param>
    internal virtual void Prepare(double sigma, Span<double> constants) => constants[0] = sigma;

    /// <summary>b and the density of t, as the search of the mode needs them.</summary>
    internal abstract void Trace(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawCurve curve);

    /// <summary>b, the density of t, and how both depend on σ.</summary>
    internal abstract void At(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawNode node);

    /// <summary>The point of a mean and its slopes on the response scale, completed by those on the link scale.</summary>
    private protected static MarginalPoint Complete(Link link, double mean, double slope, double spreadSlope)
    {
        var predictor = link.Predictor(mean);
        var derivative = link.Derivative(predictor);
        return new MarginalPoint(mean, slope, spreadSlope, predictor, slope / derivative, spreadSlope / derivative);
    }

    /// <summary>b = σt, t standard normal.</summary>
    private sealed class NormalLaw : InterceptLaw
    {
        public override string Name => "normal";

        public override MarginalPoint MeanAt(Link link, double predictor, double deviation) =>
            MarginalMean.For(link).At(predictor, deviation);

        internal override void Trace(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawCurve curve)
        {
            curve.Effect = constants[0] * t;
            curve.EffectSlope = constants[0];
            curve.EffectCurvature = Vector256<double>.Zero;
            curve.Log = -0.5 * t * t;
            curve.LogSlope = -t;
            curve.LogCurvature = -Vector256<double>.One;
        }

        internal override void At(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawNode node)
        {
            node.Effect = constants[0] * t;
            node.Log = -0.5 * t * t;
            node.Motion = t;
            node.Score = node.ScoreSlope = Vector256<double>.Zero;
        }
    }

    /// <summary>b = ±σ.</summary>
    private sealed class TwoPointLaw : InterceptLaw
    {
        private static readonly double[] Places = [-1, 1];

        public override string Name => "two points";

        internal override ReadOnlySpan<double> Atoms => Places;

        public override MarginalPoint MeanAt(Link link, double predictor, double deviation)
        {
            ArgumentNullException.ThrowIfNull(link);
            var (low, high) = (predictor - deviation, predictor + deviation);
            var (down, up) = (link.Derivative(low), link.Derivative(high));
            return Complete(link, (link.Mean(low) + link.Mean(high)) / 2, (down + up) / 2, (up - down) / 2);
        }

        internal override void Trace(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawCurve curve) => curve = default;

        internal override void At(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawNode node)
        {
            node.Effect = constants[0] * t;
            node.Motion = t;
            node.Log = node.Score = node.ScoreSlope = Vector256<double>.Zero;
        }
    }
}
