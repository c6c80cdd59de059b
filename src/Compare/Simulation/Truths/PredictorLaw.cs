using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>The law of the random part of a linear predictor: a discrete one plus an independent normal one. Immutable.</summary>
internal sealed class PredictorLaw
{
    private readonly EffectNodes nodes;
    private readonly double spread;
    private EffectNodes? normal;

    private PredictorLaw(EffectNodes nodes, double spread)
    {
        this.nodes = nodes;
        this.spread = spread;
    }

    /// <summary>Nothing random.</summary>
    public static PredictorLaw Zero { get; } = new(EffectNodes.Zero, 0);

    /// <summary>A law times a number.</summary>
    public static PredictorLaw Of(IEffectLaw law, double factor)
    {
        if (factor == 0 || law.StandardDeviation == 0)
        {
            return Zero;
        }

        if (law.IsNormal)
        {
            return new PredictorLaw(EffectNodes.Zero, Math.Abs(factor) * law.StandardDeviation);
        }

        var own = law.Nodes();
        return new PredictorLaw(new EffectNodes([.. own.Points.ToArray().Select(point => factor * point)], own.Weights.ToArray()), 0);
    }

    /// <summary>A law of intercepts with what varies beside them added.</summary>
    /// <param name="law">Of the intercept.</param>
    /// <param name="added">The variance added by normal effects; negative only where the law is normal.</param>
    public static PredictorLaw WithVariance(IEffectLaw law, double added) => law.IsNormal
        ? new PredictorLaw(EffectNodes.Zero, Math.Sqrt(Math.Max(0, (law.StandardDeviation * law.StandardDeviation) + added)))
        : new PredictorLaw(law.Nodes(), Math.Sqrt(Math.Max(0, added)));

    /// <summary>The sum of independent parts.</summary>
    public PredictorLaw And(PredictorLaw other)
    {
        var both = Math.Sqrt((spread * spread) + (other.spread * other.spread));
        var points = new double[nodes.Points.Length * other.nodes.Points.Length];
        var weights = new double[points.Length];
        for (var i = 0; i < nodes.Points.Length; i++)
        {
            for (var j = 0; j < other.nodes.Points.Length; j++)
            {
                points[(i * other.nodes.Points.Length) + j] = nodes.Points[i] + other.nodes.Points[j];
                weights[(i * other.nodes.Points.Length) + j] = nodes.Weights[i] * other.nodes.Weights[j];
            }
        }

        return new PredictorLaw(new EffectNodes(points, weights), both);
    }

    /// <summary>E g⁻¹(η + this).</summary>
    public double Mean(Link link, double predictor)
    {
        if (spread == 0)
        {
            return nodes.Expect(b => link.Mean(predictor + b));
        }

        var rule = MarginalMean.For(link);
        return nodes.Expect(b => rule.At(predictor + b, spread).Mean);
    }

    /// <summary>E f(this).</summary>
    public double Expect(Func<double, double> function)
    {
        if (spread == 0)
        {
            return nodes.Expect(function);
        }

        normal ??= EffectLaw.Normal(spread).Nodes();
        return nodes.Expect(b => normal.Expect(z => function(b + z)));
    }
}
