"""Another made-up story, which 46 more inputs tell; what is expected of each was written down before any was read."""

TITLE = "Bến phà Cồn Tàu ngừng chạy, khách qua sông bằng cầu mới"
LEAD = "Từ 6 giờ ngày 14-3, bến phà Cồn Tàu ngừng hoạt động sau 47 năm, nhường chỗ cho cầu Vàm Lách vừa thông xe."
FIRST = "Ông Huỳnh Công Tấn, trưởng bến, nói chuyến phà cuối chở 38 xe máy và hai ô tô tải, rời bờ lúc 5 giờ 40."
SECOND = "Cây cầu dài 2.160 m, rộng 17,5 m, có bốn làn xe và làm trong 31 tháng với vốn 1.840 tỉ đồng."
THIRD = (
    "Bà Phan Thị Út bán bánh lá dừa ở đầu bến từ năm 1988 cho biết sẽ dời sạp vào chợ xã, mất chừng một phần ba "
    "khách quen."
)
FOURTH = "Huyện Cù Lao cho 26 nhân viên bến phà học nghề miễn phí, ai muốn ở lại thì làm đội cứu hộ đường thủy."
TEXTS = (LEAD, FIRST, SECOND, THIRD, FOURTH)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)
