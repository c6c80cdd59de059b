using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Tests.Densities;

/// <summary>
/// The probit and complementary log-log densities one number at a time, from special functions with branches: what the vectors are held to.
/// </summary>
internal static class ScalarBinary
{
    private const double TailStart = -9;
    private const double HalfLogTwoPi = 0.918938533204672741780329736406;

    public static double Probit(double eta, double response, out double first, out double second, out double third)
    {
        var value = first = second = third = 0.0;
        if (response > 0)
        {
            value = response * LogCumulative(eta, out var mills, out var sum);
            Add(response, 1, mills, sum, ref first, ref second, ref third);
        }

        if (response < 1)
        {
            value += (1 - response) * LogCumulative(-eta, out var mills, out var sum);
            Add(1 - response, -1, mills, sum, ref first, ref second, ref third);
        }

        return value;
    }

    public static double Cloglog(double eta, double response, out double first, out double second, out double third)
    {
        var hazard = Math.Exp(Math.Min(eta, 600));
        double logEvent, ratio;
        if (hazard > 600)
        {
            (logEvent, ratio) = (0, 0);
        }
        else if (hazard < 1e-10)
        {
            (logEvent, ratio) = (eta - (0.5 * hazard), 1 - (0.5 * hazard));
        }
        else
        {
            logEvent = Math.Log(-Elementary.ExpMinusOne(-hazard));
            ratio = hazard / Elementary.ExpMinusOne(hazard);
        }

        var none = (1 - response) * hazard;
        var factor = ratio == 0 ? 0 : 1 - hazard - ratio;
        first = (response * ratio) - none;
        second = (response * ratio * factor) - none;
        third = (ratio == 0 ? 0 : response * ratio * ((factor * factor) - hazard - (ratio * factor))) - none;
        return (response == 0 ? 0 : response * logEvent) - none;
    }

    private static void Add(double weight, double sign, double mills, double sum, ref double first, ref double second, ref double third)
    {
        var slope = -mills * sum;
        first += weight * sign * mills;
        second += weight * slope;
        third -= weight * sign * ((slope * sum) + (mills * (1 + slope)));
    }

    // log Φ(x), the inverse Mills ratio m = φ(x)/Φ(x), and x + m.
    private static double LogCumulative(double x, out double mills, out double sum)
    {
        if (x > TailStart)
        {
            var cumulative = StandardNormal.Cumulative(x);
            mills = StandardNormal.Density(x) / cumulative;
            sum = x + mills;
            return x > 5 ? Elementary.LogOnePlus(-StandardNormal.UpperTail(x)) : Math.Log(cumulative);
        }

        // m(x) = y + 1/(y + 2/(y + 3/(y + …))) with y = −x; what follows y is x + m without cancellation.
        var y = -x;
        var fraction = 0.0;
        for (var k = 40; k >= 1; k--)
        {
            fraction = k / (y + fraction);
        }

        sum = fraction;
        mills = y + fraction;
        return (-0.5 * x * x) - HalfLogTwoPi - Math.Log(mills);
    }
}
