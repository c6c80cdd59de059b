using System.Numerics.Tensors;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Exploration;

/// <summary>A discrete distribution of what is added to a predictor, and the mean of the logistic function over it.</summary>
internal sealed class LogisticMixture
{
    /// <summary>What weighs less changes no digit of a sum of weights of 1.</summary>
    private const double Negligible = 1e-18;

    private const int ManyPoints = 4000;
    private const int Thinning = 4;

    private readonly double[] shifts;
    private readonly double[] weights;
    private readonly double[] scratch;

    /// <summary>Takes the points that count.</summary>
    /// <param name="points">What is added, link scale.</param>
    /// <param name="weights">As many, with sum 1.</param>
    public LogisticMixture(ReadOnlySpan<double> points, ReadOnlySpan<double> weights)
    {
        var (kept, own) = (new List<double>(points.Length), new List<double>(points.Length));
        for (var k = 0; k < points.Length; k++)
        {
            if (weights[k] > Negligible)
            {
                kept.Add(points[k]);
                own.Add(weights[k]);
            }
        }

        shifts = [.. kept];
        this.weights = [.. own];
        scratch = new double[shifts.Length];
    }

    /// <summary>The distribution of the clusters' effects.</summary>
    public static LogisticMixture Of(EffectLaw law)
    {
        var nodes = law.Nodes();
        return new LogisticMixture(nodes.Points, nodes.Weights);
    }

    /// <summary>
    /// The distribution for drawings. Laws with heavy tails have a grid of thousands of points, of which every fourth is a grid too: the
    /// trapezoidal rule with four times the step still has nine digits.
    /// </summary>
    public static LogisticMixture ForDrawing(EffectLaw law)
    {
        var nodes = law.Nodes();
        if (nodes.Points.Length < ManyPoints)
        {
            return new LogisticMixture(nodes.Points, nodes.Weights);
        }

        var count = (nodes.Points.Length + Thinning - 1) / Thinning;
        var (points, own) = (new double[count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            (points[k], own[k]) = (nodes.Points[k * Thinning], nodes.Weights[k * Thinning]);
        }

        SpanMath.Divide(own, SpanMath.Sum(own), own);
        return new LogisticMixture(points, own);
    }

    /// <summary>The distribution of the effects times a factor: that of another standard deviation, where the law has one shape.</summary>
    /// <param name="factor">From 0 to 1, so that the grid remains as fine as it has to be.</param>
    public LogisticMixture Times(double factor) => new([.. shifts.Select(shift => factor * shift)], weights);

    /// <summary>What is added, link scale.</summary>
    public ReadOnlySpan<double> Shifts => shifts;

    /// <summary>How much each counts, with sum 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>E expit(η + B). One thread at a time.</summary>
    /// <param name="predictor">η, finite.</param>
    public double Mean(double predictor)
    {
        SpanMath.Add(shifts, predictor, scratch);
        TensorPrimitives.Sigmoid<double>(scratch, scratch);
        return SpanMath.Dot(weights, scratch);
    }
}
