namespace MarginalConditional.Data;

/// <summary>Numbers by which people mark what is missing, such as 999 and -99.</summary>
public static class MissingMark
{
    private const double Largest = 999_999;

    /// <summary>Whether a number is 9, 99, 999 and so on up to six digits, the same of 8 or 7, or one of these with a minus.</summary>
    /// <param name="value">The number.</param>
    public static bool IsOne(double value)
    {
        var size = Math.Abs(value);
        if (!(size is >= 7 and <= Largest) || size != Math.Floor(size))
        {
            return false;
        }

        var (rest, digit) = ((int)size, (int)size % 10);
        while (rest > 0 && rest % 10 == digit)
        {
            rest /= 10;
        }

        return rest == 0 && digit >= 7;
    }
}
