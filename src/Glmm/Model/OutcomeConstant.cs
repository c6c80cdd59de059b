using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Model;

/// <summary>What outcomes add to a log-likelihood whatever the parameters.</summary>
internal static class OutcomeConstant
{
    /// <summary>The part of the log-likelihood that depends on the data alone: binomial coefficients, and −log y! of counts.</summary>
    public static double Of(ModelFrame frame, Family family)
    {
        var binomial = family == Family.Binomial;
        if ((!binomial && family != Family.Poisson && family is not Family.NegativeBinomialFamily) || (binomial && frame.Trials.IsEmpty))
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < frame.Rows; i++)
        {
            var frequency = frame.Weights.IsEmpty ? 1 : frame.Weights[i];
            var y = frame.Response[i];
            if (binomial)
            {
                var trials = frame.Trials[i];
                sum += frequency * (SpecialFunctions.GammaLn(trials + 1) - SpecialFunctions.GammaLn((trials * y) + 1)
                    - SpecialFunctions.GammaLn((trials * (1 - y)) + 1));
            }
            else
            {
                sum -= frequency * SpecialFunctions.GammaLn(y + 1);
            }
        }

        return sum;
    }
}
