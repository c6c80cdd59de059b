namespace MarginalConditional.Statistics.Random;

/// <summary>The counter-based generator Philox 4x32-10: ten rounds turn a 128-bit counter and a 64-bit key into 128 random bits.</summary>
/// <remarks>Salmon et al. (2011), section 3.3. There is no state: any block can be computed alone, in any order, on any machine.</remarks>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four random words of one counter.</summary>
    /// <param name="counter">Four 32-bit words.</param>
    /// <param name="key">Two 32-bit words.</param>
    public static (uint X0, uint X1, uint X2, uint X3) Block((uint C0, uint C1, uint C2, uint C3) counter, (uint K0, uint K1) key)
    {
        var (x0, x1, x2, x3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < Rounds; round++)
        {
            var a = (ulong)MultiplierA * x0;
            var b = (ulong)MultiplierB * x2;
            (x0, x1, x2, x3) = ((uint)(b >> 32) ^ x1 ^ k0, (uint)b, (uint)(a >> 32) ^ x3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }

        return (x0, x1, x2, x3);
    }
}
