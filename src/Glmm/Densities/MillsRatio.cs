using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The tail of the standard normal distribution for t ≥ 0: how far φ(t)/Φ(−t), the inverse of Mills' ratio, exceeds t.</summary>
/// <remarks>
/// d(t) = φ(t)/Φ(−t) − t falls from √(2/π) to 1/t and is smooth; (1 + t)d(t) is a short Chebyshev series in (t − 4)/(t + 4) on all of [0,
/// ∞), the change of variable of Shepherd and Laframboise (1981). The coefficients were computed from the error function in 40 digits; the
/// relative error
/// is a few units in the last place. Giving the excess itself leaves nothing to cancel far out in the tail.
/// </remarks>
internal static class MillsRatio
{
    private const double Center = 4;

    private static readonly double[] Coefficients =
    [
        1.0168805564426282347, 0.063855993001406787411, -0.11509035595355086899,
        0.038934029049955284131, -0.0033473705763810330008, -0.0017736338770155733631,
        0.00054076040973986002649, 0.00003902404417582679515, -0.000044026170678288080386,
        2.7612076544288962853e-6, 2.8674097969311684473e-6, -4.9952825190926648014e-7,
        -1.5806245994487860906e-7, 4.9384823080860091081e-8, 7.1144729728218241026e-9,
        -3.943344498242816718e-9, -2.0992695898584106732e-10, 2.7542478232219564767e-10,
        -3.2915681438701600859e-12, -1.7161644057774258633e-11, 1.2015595052769770618e-12,
        9.4243121787139763871e-13, -1.2792711903789520039e-13, -4.2965402412913901755e-14,
        1.040293986513531752e-14, 1.2728811508716543899e-15, -7.3965963773405245003e-16,
    ];

    /// <summary>d(t) for t ≥ 0.</summary>
    public static Vector256<double> Excess(Vector256<double> t)
    {
        var argument = (t - Vector256.Create(Center)) / (t + Vector256.Create(Center));
        var twice = argument + argument;
        var (last, before) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var coefficients = Coefficients.AsSpan();
        for (var k = coefficients.Length - 1; k > 0; k--)
        {
            (last, before) = (Vector256.FusedMultiplyAdd(twice, last, Vector256.Create(coefficients[k]) - before), last);
        }

        return (Vector256.FusedMultiplyAdd(argument, last, Vector256.Create(coefficients[0])) - before) / (Vector256<double>.One + t);
    }
}
