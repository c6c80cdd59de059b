namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>A printed number beside the program's.</summary>
/// <param name="Case">The case that it belongs to.</param>
/// <param name="What">Where it stands in the output.</param>
/// <param name="Expected">As printed.</param>
/// <param name="Actual">The program's, <c>NaN</c> where it has none.</param>
/// <param name="Beside">The size that differences are relative to, where it is not the number's own.</param>
internal sealed record MeasuredNumber(string Case, string What, PrintedNumber Expected, double Actual, double? Beside = null)
{
    /// <summary>Digits that agree.</summary>
    public double Digits => Expected.Agreement(Actual, Beside);

    /// <summary>Digits that could.</summary>
    public double Printed => Expected.Agreement(Expected.Value, Beside);

    /// <summary>Whether as many agree as asked, or as are printed.</summary>
    public bool Keeps(double digits) => Digits >= Math.Min(digits, Printed);

    public override string ToString() => $"{Case}, {What}: {Actual:r}, expected {Expected.Text}: {Digits:f1} digits of {Printed:f1}";
}
