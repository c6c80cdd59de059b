using System.Runtime.CompilerServices;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>
/// One cluster's likelihood with a random intercept by adaptive quadrature,
/// and the posterior means of its rows' scores. Scratch of one thread.
/// </summary>
/// <remarks>
/// Scores follow Fisher's identity, ∂ℓ/∂η = E[∂ log f/∂η | y] (Louis
/// 1982); with enough nodes that is the gradient of ℓ to quadrature error.
/// </remarks>
internal sealed class TwinIntegral
{
    private const int ModeIterations = 60;
    private readonly ModelFrame frame;
    private readonly Family family;
    private readonly Link link;
    private readonly TwinLaw law;
    private readonly GaussHermiteRule rule;
    private readonly TwinTolerances tolerances;
    private readonly double[] logTerms;
    private readonly (double Value, double Slope, double ThetaSlope)[] effects;
    private readonly double[] predictors;
    private readonly double[] means;
    private readonly double[] slopes;
    private readonly double[] scores;

    public TwinIntegral(
        ModelFrame frame,
        Family family,
        Link link,
        TwinLaw law,
        GaussHermiteRule rule,
        TwinTolerances tolerances)
    {
        this.frame = frame;
        this.family = family;
        this.link = link;
        this.law = law;
        this.rule = rule;
        this.tolerances = tolerances;
        var nodes = rule.Count;
        logTerms = new double[nodes];
        effects = new (double, double, double)[nodes];
        predictors = new double[nodes];
        means = new double[nodes];
        slopes = new double[nodes];
        scores = new double[frame.Clusters.MaximumSize * nodes];
    }

    /// <summary>ℓ of a cluster.</summary>
    /// <param name="cluster">Its index.</param>
    /// <param name="rows">The predictors given b = 0, all rows of the frame.</param>
    /// <param name="theta">The law's parameter.</param>
    /// <param name="mode">Where the search of the mode (in z) starts; receives the mode.</param>
    /// <param name="rowScores">Receives E[∂ log f/∂η | y] of the cluster's rows.</param>
    /// <param name="thetaScore">Receives E[Σ ∂ log f/∂η ∂b/∂θ | y].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Integrate(
        int cluster,
        ReadOnlySpan<(double Predictor, double Slope, double ThetaSlope)> rows,
        double theta,
        ref double mode,
        Span<double> rowScores,
        out double thetaScore)
    {
        var start = frame.Clusters.Start(cluster);
        var size = frame.Clusters.Size(cluster);
        var width = FindMode(start, size, rows, theta, ref mode);
        var nodes = rule.Count;
        for (var k = 0; k < nodes; k++)
        {
            var z = mode + (width * rule.Nodes[k]);
            effects[k] = law.At(z, theta);
            logTerms[k] = rule.LogWeights[k] + (0.5 * ((rule.Nodes[k] * rule.Nodes[k]) - (z * z)));
        }

        for (var i = 0; i < size; i++)
        {
            AddRow(start + i, rows[start + i].Predictor, scores.AsSpan(i * nodes, nodes));
        }

        var largest = double.NegativeInfinity;
        foreach (var term in logTerms)
        {
            largest = Math.Max(largest, term);
        }

        var total = 0.0;
        for (var k = 0; k < nodes; k++)
        {
            logTerms[k] = Math.Exp(logTerms[k] - largest);
            total += logTerms[k];
        }

        thetaScore = 0;
        for (var i = 0; i < size; i++)
        {
            rowScores[i] = 0;
            for (var k = 0; k < nodes; k++)
            {
                var share = logTerms[k] / total * scores[(i * nodes) + k];
                rowScores[i] += share;
                thetaScore += share * effects[k].ThetaSlope;
            }
        }

        return largest + Math.Log(total) + Math.Log(width);
    }

    /// <summary>Adds a row's log-density at every node and writes its scores there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(int row, double predictor, Span<double> rowScores)
    {
        var response = frame.Response[row];
        var trials = frame.Trials.IsEmpty ? 1 : frame.Trials[row];
        var weight = frame.Weights.IsEmpty ? 1 : frame.Weights[row];
        for (var k = 0; k < predictors.Length; k++)
        {
            predictors[k] = predictor + effects[k].Value;
        }

        link.MeanAndDerivative(predictors, means, slopes);
        for (var k = 0; k < predictors.Length; k++)
        {
            logTerms[k] += weight * family.LogDensity(response, means[k], trials, 1);
            rowScores[k] = weight * trials * (response - means[k]) * slopes[k] / family.Variance(means[k]);
        }
    }

    /// <summary>The mode of the integrand in z by Fisher scoring, and the width its curvature gives there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FindMode(
        int start,
        int size,
        ReadOnlySpan<(double Predictor, double Slope, double ThetaSlope)> rows,
        double theta,
        ref double mode)
    {
        var width = 1.0;
        for (var iteration = 0; iteration < ModeIterations; iteration++)
        {
            var effect = law.At(mode, theta);
            double gradient = -mode, curvature = 1;
            for (var i = start; i < start + size; i++)
            {
                var eta = rows[i].Predictor + effect.Value;
                var (mean, slope) = (link.Mean(eta), link.Derivative(eta));
                var weight = frame.WeightTimesTrials(i);
                var variance = family.Variance(mean);
                gradient += weight * (frame.Response[i] - mean) * slope / variance * effect.Slope;
                curvature += weight * slope * slope / variance * effect.Slope * effect.Slope;
            }

            width = 1 / Math.Sqrt(curvature);
            var step = Math.Clamp(gradient / curvature, -tolerances.LongestModeStep, tolerances.LongestModeStep);
            mode += step;
            if (Math.Abs(step) < tolerances.Mode)
            {
                break;
            }
        }

        return width;
    }
}
