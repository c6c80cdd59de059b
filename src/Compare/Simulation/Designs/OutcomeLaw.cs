using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws outcomes given the linear predictor: one uniform a row, or as many as a Poisson variable takes. Immutable.</summary>
internal sealed class OutcomeLaw(Family family, Link link, double residualDeviation, OrdinalOutcome? ordinal = null)
{
    /// <summary>Draws the outcomes of some rows.</summary>
    /// <param name="stream">Is read row by row.</param>
    /// <param name="predictor">η; overwritten by the means of all but ordered outcomes.</param>
    /// <param name="outcomes">Receives the outcomes, as many.</param>
    public void Draw(RandomStream stream, Span<double> predictor, Span<double> outcomes)
    {
        if (ordinal is not null)
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                outcomes[i] = ordinal.Place(stream.NextUniform(), predictor[i]);
            }

            return;
        }

        link.Mean(predictor, predictor);
        if (family == Family.Binomial)
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                outcomes[i] = stream.NextBernoulli(predictor[i]);
            }
        }
        else if (family == Family.Poisson)
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                outcomes[i] = stream.NextPoisson(predictor[i]);
            }
        }
        else
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                outcomes[i] = predictor[i] + (residualDeviation * stream.NextNormal());
            }
        }
    }
}
