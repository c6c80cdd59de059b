using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>Outcomes and their probabilities given the linear predictor: all values of a discrete outcome, nodes of a normal one.</summary>
internal sealed class OutcomeGrid(Mechanism mechanism)
{
    private const int NormalNodes = 48;

    /// <summary>Counts beyond which the rest of the probability is rounding.</summary>
    private const double Rest = 1e-16;

    /// <summary>The values and probabilities at a linear predictor.</summary>
    public (double[] Values, double[] Probabilities) At(double predictor)
    {
        if (mechanism.Ordinal is { } outcome)
        {
            return ([.. Enumerable.Range(0, outcome.Categories.Count).Select(k => (double)k)], outcome.Probabilities(predictor));
        }

        var mean = mechanism.Link.Mean(predictor);
        return mechanism.Family == Family.Binomial ? ([0, 1], [1 - mean, mean])
            : mechanism.Family == Family.Poisson ? Counts(mean)
            : Normal(mean);
    }

    /// <summary>E f(Y) at a linear predictor.</summary>
    public double Expect(double predictor, Func<double, double> function)
    {
        var (values, probabilities) = At(predictor);
        var sum = 0.0;
        for (var k = 0; k < values.Length; k++)
        {
            sum += probabilities[k] * function(values[k]);
        }

        return sum;
    }

    private static (double[] Values, double[] Probabilities) Counts(double mean)
    {
        var probabilities = new List<double>();
        var term = Math.Exp(-mean);
        for (var k = 0; k <= mean || term > Rest; k++)
        {
            probabilities.Add(term);
            term *= mean / (k + 1);
        }

        return ([.. Enumerable.Range(0, probabilities.Count).Select(k => (double)k)], [.. probabilities]);
    }

    private (double[] Values, double[] Probabilities) Normal(double mean)
    {
        var rule = GaussHermiteRule.OfSize(NormalNodes);
        return ([.. rule.Nodes.ToArray().Select(z => mean + (mechanism.ResidualDeviation * z))], rule.Weights.ToArray());
    }
}
