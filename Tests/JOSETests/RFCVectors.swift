/// The examples of the JOSE specifications. Keys are converted from their JWK to PKCS #8 by Python's `cryptography`.
enum RFCVectors {
    /// RFC 7515 appendix A.2.
    enum SignedToken {
        static let key = """
            308204bd020100300d06092a864886f70d0101010500048204a7308204a30201000282010100a1f8160ae2e3c9b465ce8d2d\
            656263362b927dbe29e1f02477fc1625cc90a136e38bd93497c5b6ea63dd7711e67c7429f956b0fb8a8f089adc4b69893cc1\
            333f53edd019b87784252fec914fe4857769594bea4280d32c0f55bf62944f130396bc6e9bdf6ebdd2bda3678eeca0c668f7\
            01b38dbffb38c8342ce2fe6d27fade4a5a4874979dd4b9cf9adec4c75b05852c2c0f5ef8a5c1750392f944e8ed64c110c6b6\
            47609aa4783aeb9c6c9ad755313050638b83665c6f6f7a82a396702a1f641b82d3ebf2392219491fb686872c5716f50af835\
            8d9a8b9d17c340728f7f87d89a18d8fcab67ad84590c2ecf759339363c07034d6f606f9e21e05456cae5e9a1020301000102\
            82010012ae71a469cd0a2bc37e526c4500571f1d61751d64e949707b62590f9d0ba57c963c401e3fcf2f2cd3bdec88e503bf\
            c6439b0b28c82f7d3797671f5213eed8c15a25d8d5cea0025ee3ab2e8b7f79216fc63bea562753b40644c6a15127d9b29545\
            40a0bbe1a30556982d4e9fde5f6425f14d4b713441b55dc73b9b4aedcc92ace3927e37f57d0cfd5e7581fa512c8f4961a9eb\
            0b80f8a80746728a55ff46471f3425063b9d53642f5ede1e84d613081afa5c22d051285bd63b943b565d898a05685413e53c\
            3c6c6525ff1fe34e3ddc70f0d56450fda48ba12e104e9deb9fb81881e1c4bdf25d9247f450c865927968e77334f4414f75a7\
            50e139546e3a8a739d02818100e01cc410eb48a6655d54464d0aa4bb6da0b872b774a6a9d11ffe480778f0ddb7311a7e902e\
            f9c4b5f75476262ba8176cb35979f014372a1a2829e4136bd001d07c3f3f2e4f25d4c934f63c7109fba2e67628a0dc9a73c6\
            058e6def22dcd50950e711ddc16d5586f2a7fa75ea8494c18083e0b65742f8a0d5e73fb2d970f0194702818100b903c47e09\
            95b632f4532cb1f3c199145d5f3ae9c7dfeedc7a92a6b47e29c61b42a07aa95a64fc600999c5a7b01e01c08cb62ca756527b\
            bcc56078fb0baba5ed38de2d07990ff6300faeadeb6c039a97bf1e507e4e7040fa78db8257c8b112ed5e59c3cd092fe5d4e5\
            b51275d41281072a5e785ebaf3dae3709203133f5159d702818007029f577024ab9fcc1590c56429d6fb0ce5f820a8f375a8\
            66f9cb430093783bfcbb396e4529e6ef52374022dd86ba84d9ef58931beec5d05fa53fcf23b633f8538a9eed51e87b097830\
            a39f5d92937be6024b55db36f7e0c09dcbb72975387f615afbb6cb36bbabe7793c2b03ceab66dbb931baf50b55ec9af9311d\
            001d628d0281810087ff7afa62b547fee0961b2e9bcd5d6718d39d8ca73db6691f38998de78771762c5da68cc243a5383b16\
            6bb23dc570e84706ca801ef5f6bae6236a0aafa3770e8f54d1a8da1c5f8d2899f082331ddb0f5c8f3dfffa4c8d97102bdafe\
            082a118da6633988880e4b55599ce67af26ebfa5b2c14a9de7b2c4dd96abddd2d2224c7502818021877b0c73a1ad6bf19303\
            d0b11336b4e82b8db72b7efb50262a5df8395cc7256eb8cf6c40b7608d5936a32dba174126a527062ead8ca305fb7e177f40\
            9437c9dcb9718ed82018bcef0f7720a2c475f9db26da0e3cb516d084eb25178e828d5cabd49bb3161ac0181fa7f821e80e7a\
            d37936f9943054ad092921ee2c592e4375
            """

        static let token = """
            eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19\
            yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt\
            _O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb\
            1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI\
            8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
            """

        /// The JSON has line breaks of two characters.
        static let payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"

        static let modulus = """
            ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
            T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
            dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
            GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ
            """
    }

    /// RFC 7516 appendix A.1.
    enum EncryptedToken {
        static let key = """
            308204bd020100300d06092a864886f70d0101010500048204a7308204a30201000282010100a1a8542285b0d0ad2eb0a36e\
            391e87e3091fe280545c74f146f81be3c13e055bf191e0cd8db0b885ef2b516709a1999db3687b33bd22984561454e5d8c83\
            57b6a9655c8e0316a708d438234fd2dec0d0fc316d8aadfdd2a6c93f664a059e295a906ca04f0a59dee7ac1fe3c500134851\
            8a4e88dd7976c411920af4bc487137dda2d9ab1b39e9d265ec9ac7388aef6530c6bacaa04c6fea4739b705d3ab887e40284b\
            3a59f4fe6b546707ec45a312b4fb3a992e97ae0c67c5b5a1a237faeb7b6e110b9e182f8508c7eb6b7e82f649c3146ccab0d6\
            bb2d92b6763620c83dc947f301ff8354256fd3a8e42dc0761bc5ebe8240ae6f8be52b68c23cc6cbefdbaba1b020301000102\
            8201010090b76d223e866c392cfc0a42493610b5e95c36db652a23b23f332b5c7788fb293517bfa4a43c58e3e598e4d595e4\
            a9ed6847974b58fcd84dfbe71c6158c1d7caf8d879c3d3f5fa7047f33d815f27f47ae1d9a9d3a530fddc3b7adb2a56df20ec\
            2730674e7ad8bb58b05918012ab118638eaa01922b036c40c279b65fbb86475860864a83a7456a8f791b482cf55f27c2b3af\
            cb7a1070b711c8ca1f118a9cb8d29db89a83806e0c55c37af14ffbe5b775157b858edc99093b396951ff8a4d52363ed826f9\
            d011c5312d13e89dfb8389af487e2be545b375529dd5532339d2c5fcab8fc20b2fa306fd4bfc600bbb5482d207794e5b4f39\
            fb8a84dc3ce0ad38e0c902818100d6be765e4e3a73e2ec7c1e4fe38da9edab5d3d4af1412cb89ad8bfb592373207f612e155\
            6d4a0306f69143e496c646e49a81332fb257ae84818d2acadd821081874c8320043d33e35effe1236ff579348f5597f32f49\
            5f7cd9f4dc85ea585e4c0c5ba85181348736f6be1ae537facaadb7c323051b4eb8e38227916f00ba0a5d02818100c0b6f7e7\
            1ee1990599b1626607fbe57bcee2860675f52f2504444e2c8b191b86b26557bd1e2f600d508e06650375a0d855348dc7ff05\
            cb0d5861af571ab1a70dec34d09dbc71152878107f8ca235a266b43abbf54fd697216c4ac1de20bf114898e5abdd044bf4a1\
            0147393645ab540679836494c801fc13b3483af14647bed702818064af98c04edd894874a91d6d47bc3c587b68943c77319f\
            ce4e8c2216f81f790dd28ab7ac5e39bd819e4a2e1317be8faecfe2942560f14b9a4543f3347af768d5d2a24538d5c3fc7837\
            2ab25cf3399d42cf91ca54f36eeb9e96730092a976158082aad718a0040901f45ede2d6b39e39ddff3569026659abad163cc\
            04c7ca72e10281800ead207e02750dd1465e22ef404667b8a10dd14526b09071923c9d7378f865874188c440cbceb1d2f1c2\
            8f2c1c325618838ca80b86196bd84d55cb23a80dc57a22f5f6b93c83a427dbd4edd1c8fcaaac85a73f6f3430547c20222557\
            8448e8c90d93d81dd1d8f2fd5bfa8f99d97e6dbcbc7e4c27a47fba31c9e28352a2968e2b0281805483293186cf7f8edd4f5c\
            3fcc35177cf8a6b127a09cc380d734da5fb68693ff2ead8e91f3e656d45c54ec09560322d6c9baaaeadd7a54577b850774cb\
            a7e550ae1294ec9d07ad60c1a9ceb1718e00ebfcd9c1ead04dde2f81ebb59914b8abe73eb327b1450595f51dc9b573c728f3\
            f4917f5f2698d786ab74b4a37f82ff14d6
            """

        static let token = """
            eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckC\
            L9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da1\
            4B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVLzfiwQyeyPGLBIO56YJ7eObdv0\
            je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6UklfCpIMfIjf7iGdXKHzg.48V1_ALb6U\
            S04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A.XFBoMYUZ\
            odetZdvTiFvSkQ
            """

        static let payload = "The true sign of intelligence is not knowledge but imagination."
    }
}
