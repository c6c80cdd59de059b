using System.Text;
using MarginalConditional.Fuzzing.Texts;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>Sums and differences of coefficients.</summary>
internal sealed class ContrastTarget : FuzzTarget
{
    private static readonly string[] Terms =
        ["(Intercept)", "x", "treatmentB", "treatmentB:x", "I(x / 10)", "a - b", "2", "x*y", "`q`", "", "é", "−x"];

    private static readonly string[] Good = ["x - treatmentB", "2*x + 3*treatmentB:x", "`a - b` - x/3", "-x"];

    private static readonly string[] Pieces =
        ["+", "-", "*", "/", " ", "−", "`", "1e5", "2", "0", "1e999", ".", "1.2.3", new string('9', 400)];

    /// <inheritdoc/>
    public override string Name => "contrasts";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var text = draws.OneIn(3)
            ? Mutation.Of(draws.Pick(Good), draws)
            : string.Concat(Enumerable.Range(0, draws.Below(12)).Select(_ => Piece(draws)));
        return new FuzzInput(text, () => Read(text));
    }

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return new FuzzInput(text, () => Read(text));
    }

    private static Outcome Read(string text)
    {
        if (!Contrast.TryParse(text, Terms, out var contrast, out var problem))
        {
            return string.IsNullOrWhiteSpace(problem) ? Outcome.Fault("refused without a word") : Outcome.Refused(problem);
        }

        foreach (var weight in contrast.Weights)
        {
            if (!double.IsFinite(weight))
            {
                return Outcome.Fault("a weight is not finite");
            }
        }

        return Outcome.Result("read");
    }

    private static string Piece(Draws draws) =>
        draws.Below(3) switch
        {
            0 => draws.Pick(Terms),
            1 => draws.Pick(Pieces),
            _ => draws.Pick(HostileWords.Fields),
        } + (draws.OneIn(2) ? " " : string.Empty);
}
