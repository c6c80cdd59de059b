using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// The posterior of a person's random intercept by adaptive quadrature: nodes, their probabilities and the scores of the seen rows there.
/// The scratch of one thread.
/// </summary>
/// <remarks>
/// b = σz with z standard normal: p(z | y) ∝ φ(z) Π f(y_j; g⁻¹(η_j + σz)). The derivative of a posterior mean by ψ is the mean of the
/// derivative and the covariance with the score, E[∂q] + Cov(q, ∂ log f/∂ψ).
/// </remarks>
internal sealed class PersonPosterior
{
    private const int MostSteps = 50;
    private const double Converged = 1e-10;

    private readonly ModelFrame frame;
    private readonly DesignMatrix design;
    private readonly Family family;
    private readonly Link link;
    private readonly GaussHermiteRule rule;
    private readonly int parameters;
    private readonly double[] nodes;
    private readonly double[] probabilities;
    private readonly double[] scores;

    /// <summary>Makes room.</summary>
    /// <param name="fit">A fit with one random intercept.</param>
    /// <param name="count">How many nodes.</param>
    /// <param name="design">The rows as they are to be read, such as under another arm; null for as they were.</param>
    public PersonPosterior(GlmmFit fit, int count, DesignMatrix? design = null)
    {
        this.design = design ?? fit.Frame.Design;
        (frame, family, link) = (fit.Frame, fit.Family, fit.Link);
        rule = GaussHermiteRule.OfSize(count);
        parameters = fit.Parameters.Length;
        nodes = new double[count];
        probabilities = new double[count];
        scores = new double[count * parameters];
    }

    /// <summary>z at the nodes.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>The posterior probability of each node.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <summary>∂ log f(y | z)/∂ψ of the person's rows at a node, m values.</summary>
    public ReadOnlySpan<double> Score(int node) => scores.AsSpan(node * parameters, parameters);

    /// <summary>Finds the posterior of one person.</summary>
    /// <param name="person">The cluster.</param>
    /// <param name="psi">(β, σ) or (β, σ, log φ).</param>
    public void Find(int person, ReadOnlySpan<double> psi)
    {
        var p = frame.Design.Columns;
        var (start, size) = (frame.Clusters.Start(person), frame.Clusters.Size(person));
        var predictor = new double[size];
        LinearPredictor.Of(design, frame.Offset, start, psi[..p], predictor);
        var (sigma, dispersion) = (psi[p], psi.Length > p + 1 ? Math.Exp(psi[p + 1]) : 1);
        var (mode, width) = Mode(start, predictor, sigma, dispersion);
        var largest = double.NegativeInfinity;
        for (var q = 0; q < nodes.Length; q++)
        {
            var x = rule.Nodes[q];
            var z = nodes[q] = mode + (width * x);
            var log = rule.LogWeights[q] + (x * x / 2) - (z * z / 2);
            var score = scores.AsSpan(q * parameters, parameters);
            score.Clear();
            for (var j = 0; j < size; j++)
            {
                log += Row(start + j, predictor[j] + (sigma * z), z, dispersion, score);
            }

            probabilities[q] = log;
            largest = Math.Max(largest, log);
        }

        var sum = 0.0;
        foreach (ref var probability in probabilities.AsSpan())
        {
            probability = Math.Exp(probability - largest);
            sum += probability;
        }

        foreach (ref var probability in probabilities.AsSpan())
        {
            probability /= sum;
        }
    }

    /// <summary>log f of a row; adds its score.</summary>
    private double Row(int row, double eta, double z, double dispersion, Span<double> score)
    {
        var (y, weight) = (frame.Response[row], frame.WeightTimesTrials(row));
        var mean = link.Mean(eta);
        var slope = weight * (y - mean) * link.Derivative(eta) / (dispersion * family.Variance(mean));
        var p = frame.Design.Columns;
        for (var k = 0; k < p; k++)
        {
            score[k] += slope * design.Column(k)[row];
        }

        score[p] += slope * z;
        if (score.Length > p + 1)
        {
            // The normal density's, the only one here with a dispersion.
            score[p + 1] += ((weight * (y - mean) * (y - mean) / dispersion) - 1) / 2;
        }

        return family.LogDensity(y, mean, weight, dispersion);
    }

    /// <summary>The posterior's mode and the width of the normal law about it, by scoring.</summary>
    private (double Mode, double Width) Mode(int start, double[] predictor, double sigma, double dispersion)
    {
        var (z, information) = (0.0, 1.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = -z;
            information = 1;
            for (var j = 0; j < predictor.Length; j++)
            {
                var (row, eta) = (start + j, predictor[j] + (sigma * z));
                var mean = link.Mean(eta);
                var derivative = sigma * link.Derivative(eta);
                var weight = frame.WeightTimesTrials(row) / (dispersion * family.Variance(mean));
                gradient += weight * (frame.Response[row] - mean) * derivative;
                information += weight * derivative * derivative;
            }

            var change = Math.Clamp(gradient / information, -1, 1);
            z += change;
            if (Math.Abs(change) < Converged)
            {
                break;
            }
        }

        return (z, 1 / Math.Sqrt(information));
    }
}
