namespace MarginalConditional.Imputation;

/// <summary>Degrees of freedom of joint tests pooled over completed data sets.</summary>
internal static class JointDegrees
{
    /// <summary>Up to here t = k(m − 1) is too small for the approximation by moments.</summary>
    private const double FewSets = 4;

    /// <summary>Those of D1; null for infinite.</summary>
    /// <remarks>
    /// With t = k(m − 1) above 4 and ν_c infinite ν = 4 + (t − 4)(1 + (1 − 2/t)/r)², and t(1 + 1/k)(1 + 1/r)²/2 else (Li, Raghunathan and
    /// Rubin 1991); with ν_c finite Reiter's (2007) equation for t above 4. For smaller t, where he gives none, and
    /// where ν* is too small for his expansion, the two are taken together as Barnard and Rubin take theirs: the reciprocals add, that of
    /// ν_c's being 1/(ν*(1 − λ)).
    /// </remarks>
    /// <param name="k">The number of quantities, 2 or more.</param>
    /// <param name="sets">m.</param>
    /// <param name="increase">r.</param>
    /// <param name="complete">ν_c; null for infinite.</param>
    public static double? Of(int k, int sets, double increase, double? complete)
    {
        var t = (double)k * (sets - 1);
        var star = complete is { } whole ? (whole + 1) / (whole + 3) * whole : (double?)null;
        if (increase == 0)
        {
            return star;
        }

        if (star is { } known && t > FewSets && Reiter(t, increase, known) is > FewSets and var degrees)
        {
            return degrees;
        }

        var infinite = t > FewSets
            ? FewSets + ((t - FewSets) * Square(1 + ((1 - (2 / t)) / increase)))
            : t * (1 + (1.0 / k)) * Square(1 + (1 / increase)) / 2;
        return star is { } observed ? 1 / ((1 / infinite) + ((1 + increase) / observed)) : infinite;
    }

    private static double Reiter(double t, double increase, double star)
    {
        var a = increase * t / (t - 2);
        var few = 1 / (t - FewSets);
        var c1 = star - (2 * (1 + a));
        var c2 = star - (4 * (1 + a));
        var z = (1 / c2)
            + (few * (a * a * c1 / (Square(1 + a) * c2)))
            + (few * ((8 * a * a * c1 / ((1 + a) * c2 * c2)) + (4 * a * a / ((1 + a) * c2))))
            + (few * ((4 * a * a / (c2 * c1)) + (16 * a * a * c1 / (c2 * c2 * c2))))
            + (few * (8 * a * a / (c2 * c2)));
        return FewSets + (1 / z);
    }

    private static double Square(double value) => value * value;
}
